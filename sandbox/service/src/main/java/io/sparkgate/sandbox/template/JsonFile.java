package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of JSON, with the place of a mistake in it. */
final class JsonFile {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private JsonFile() {}

  static JsonNode read(Path file) throws BadInput {
    try {
      JsonNode node = MAPPER.readTree(file.toFile());
      if (node.isMissingNode()) {
        throw new BadInput(file + ": the file is empty; synthesize it again with ./cdkw synth");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw new BadInput(
          "%s%s: this is not JSON (%s); synthesize it again with ./cdkw synth, YAML is not read"
              .formatted(file, place(e.getLocation()), firstLine(e.getOriginalMessage())));
    } catch (IOException e) {
      throw new BadInput("%s: cannot be read (%s)".formatted(file, firstLine(e.getMessage())));
    }
  }

  private static String place(@Nullable JsonLocation at) {
    return at == null ? "" : ", line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "no reason given" : message.lines().findFirst().orElse("");
  }
}
