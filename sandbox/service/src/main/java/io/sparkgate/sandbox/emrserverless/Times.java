package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How times are written in queries and answers. */
final class Times {

  private Times() {}

  /** A time in ISO 8601; empty when it is none. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /**
   * A time of the clients' clock as the service writes it: seconds of the epoch, with a fraction.
   */
  static JsonNode json(Instant time) {
    return DecimalNode.valueOf(BigDecimal.valueOf(time.toEpochMilli(), 3));
  }
}
