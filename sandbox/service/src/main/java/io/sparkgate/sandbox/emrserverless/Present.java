package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One moment on both clocks, and how the sandbox's times look from it.
 *
 * @param real what the clients' clocks show
 * @param sandbox what the sandbox's own, perhaps faster, clock shows
 */
record Present(Instant real, Instant sandbox) {

  static Present of(SandboxClock clock) {
    Instant real = clock.real().instant();
    return new Present(real, clock.at(real));
  }

  /** The sandbox's time, as exact as the service's times are. */
  Instant now() {
    return sandbox.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * A sandbox time as clients see it.
   *
   * <p>Clients reckon with their own, real clock. A session that was idle for thirty minutes of a
   * fast sandbox would look idle for half a real minute, or a future one, to them; so what is told
   * is not when a thing was, but how long ago, counted back from the real present. At real speed
   * both are the same.
   */
  Instant shown(Instant time) {
    return real.minus(Duration.between(time, sandbox));
  }

  /** The sandbox time that a client means. */
  Instant meant(Instant shown) {
    return sandbox.minus(Duration.between(shown, real));
  }

  /** A sandbox time as the service writes it: seconds of the epoch, with a fraction. */
  JsonNode json(Instant time) {
    return DecimalNode.valueOf(BigDecimal.valueOf(shown(time).toEpochMilli(), 3));
  }
}
