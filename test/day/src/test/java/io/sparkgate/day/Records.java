package io.sparkgate.day;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The records of usage in a folder. */
record Records(List<JsonNode> all) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  static Records in(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return new Records(
          files.filter(file -> file.toString().endsWith(".json")).map(Records::read).toList());
    }
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isPool(JsonNode record) {
    return record.path("kind").asText().equals("pool");
  }
}
