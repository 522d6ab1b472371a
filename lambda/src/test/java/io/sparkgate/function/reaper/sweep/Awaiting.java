package io.sparkgate.function.reaper.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for a condition, and fails where it does not come about. */
final class Awaiting {

  private Awaiting() {}

  static void until(BooleanSupplier condition, Duration atMost) {
    Instant end = Instant.now().plus(atMost);
    while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
      Thread.onSpinWait();
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
