package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Notices every change of what would be deployed. {@code ./mvnw verify -Dgolden.update=true}
 * accepts the change; the diff of resources/golden then shows it to the reviewer.
 */
class GoldenTemplateTest {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(
              SerializationFeature.INDENT_OUTPUT, SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  @Test
  void deploysWhatItDeployedBefore(@TempDir Path directory) throws IOException {
    Synthesized synthesized = Synthesized.into(directory);

    for (String stack : new String[] {"SparkConnect-dev", "SparkConnect-prod"}) {
      requireUnchanged(synthesized, stack);
    }
  }

  @Test
  void deploysThePipelineThatItDeployedBefore(@TempDir Path directory) throws IOException {
    requireUnchanged(Synthesized.full(directory), "SparkgatePipeline");
  }

  @Test
  void deploysTheClustersThatItDeployedBefore(@TempDir Path directory) throws IOException {
    Synthesized clusters = Clusters.synthesize(directory);

    for (String stack : new String[] {Clusters.TUNNEL, Clusters.MUTUAL_TLS, Clusters.TOKEN}) {
      requireUnchanged(clusters, stack);
    }
  }

  @Test
  void deploysTheCatalogsThatItDeployedBefore(@TempDir Path directory) throws IOException {
    requireUnchanged(Catalogs.synthesize(directory), Catalogs.STACK);
  }

  private static void requireUnchanged(Synthesized synthesized, String stack) throws IOException {
    String actual = canonical(synthesized, stack);
    Path golden = Path.of("resources/golden", stack + ".json");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(golden));
  }

  @Test
  void writesTheSameBytesTwice(@TempDir Path first, @TempDir Path second) throws IOException {
    Synthesized one = Synthesized.into(first);
    Synthesized two = Synthesized.into(second);

    assertThat(two.files().map(second::relativize))
        .isEqualTo(one.files().map(first::relativize).toList());
    for (Path file : one.files().toList()) {
      assertThat(second.resolve(first.relativize(file))).hasSameBinaryContentAs(file);
    }
  }

  /** Sorted, and without the hash of the function's jar, which changes with each dependency. */
  private static String canonical(Synthesized synthesized, String stack) throws IOException {
    Map<?, ?> sorted = JSON.convertValue(synthesized.template(stack), Map.class);
    return JSON.writeValueAsString(sorted).replaceAll("[0-9a-f]{64}", "<asset>") + "\n";
  }
}
