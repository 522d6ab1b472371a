package io.sparkgate.sandbox.emrserverless;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads the times in queries. */
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
}
