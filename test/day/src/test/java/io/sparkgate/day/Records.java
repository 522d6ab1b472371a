package io.sparkgate.day;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
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

  BigDecimal sum(Predicate<JsonNode> which, String field) {
    return all.stream()
        .filter(which)
        .map(record -> record.path(field).decimalValue())
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
