package io.sparkgate.sandbox.emrserverless;

import java.time.Instant;

/** A real clock that stands still until it is moved. */
final class MovableClock extends ManualClock {

  static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

  MovableClock() {
    super(START);
  }
}
