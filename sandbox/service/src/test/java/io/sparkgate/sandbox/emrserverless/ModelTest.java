package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ModelTest {

  private final JsonNode model = read();

  private static JsonNode read() {
    try (InputStream file = Model.class.getResourceAsStream("service-2.json")) {
      return new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void findsEveryOperationWhereItsClientsSendIt() {
    assertThat(Model.OPERATIONS).hasSize(22).hasSameSizeAs(model.get("operations"));
    for (JsonNode operation : model.get("operations")) {
      String path = operation.at("/http/requestUri").asText().replaceAll("\\{\\w+}", "a%2Fb+c");
      assertThat(Model.find(operation.at("/http/method").asText(), path))
          .hasValueSatisfying(
              match -> {
                assertThat(match.operation().name()).isEqualTo(operation.get("name").asText());
                assertThat(match.members().values()).allMatch("a/b+c"::equals);
              });
    }
  }

  @Test
  void hasPatternsThatJavaReads() {
    assertThat(model.findValuesAsText("pattern"))
        .hasSizeGreaterThan(40)
        .allSatisfy(Pattern::compile);
  }
}
