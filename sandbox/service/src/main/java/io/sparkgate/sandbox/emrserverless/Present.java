package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
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
   * A past time of the sandbox as clients see it.
   *
   * <p>Clients reckon with their own, real clock. A session that was idle for thirty minutes of a
   * fast sandbox would look idle for half a real minute, or a future one, to them; so what is told
   * is not when a thing was, but how long ago, counted back from the real present. At real speed
   * both are the same. What is yet to come is told by {@link SandboxClock#realEnd} instead: clients
   * wait by their own clock.
   */
  Instant shown(Instant time) {
    return real.minus(Duration.between(time, sandbox));
  }

  /** The sandbox time that a client means. */
  Instant meant(Instant shown) {
    return sandbox.minus(Duration.between(shown, real));
  }

  /** A past time of the sandbox as the service writes it. */
  JsonNode json(Instant time) {
    return Times.json(shown(time));
  }
}
