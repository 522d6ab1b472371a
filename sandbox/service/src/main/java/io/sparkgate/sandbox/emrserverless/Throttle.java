package io.sparkgate.sandbox.emrserverless;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A token bucket for each operation, filled by the real clock, as clients wait by theirs. */
final class Throttle {

  private record Bucket(double tokens, Instant at) {}

  private final Map<String, Rate> rates;
  private final Clock clock;
  private final Map<String, Bucket> buckets = new HashMap<>();

  Throttle(Map<String, Rate> rates, Clock clock) {
    this.rates = Map.copyOf(rates);
    this.clock = clock;
  }

  /**
   * Counts a call.
   *
   * @throws Fault when it is one too many
   */
  synchronized void pass(String operation) {
    Rate rate = rates.get(operation);
    if (rate == null) {
      return;
    }
    Instant now = clock.instant();
    Bucket last = buckets.getOrDefault(operation, new Bucket(rate.burst(), now));
    double filled = Duration.between(last.at(), now).toNanos() / 1e9 * rate.perSecond();
    double tokens = Math.min(rate.burst(), last.tokens() + filled);
    boolean enough = tokens >= 1;
    buckets.put(operation, new Bucket(enough ? tokens - 1 : tokens, now));
    if (!enough) {
      throw new Fault(Fault.Kind.THROTTLING, "Rate exceeded");
    }
  }
}
