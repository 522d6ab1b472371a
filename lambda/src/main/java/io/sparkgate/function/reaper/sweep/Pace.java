package io.sparkgate.function.reaper.sweep;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** The buckets of the operations. They outlast a sweep, as those of the service do. */
final class Pace {

  private final Map<Operation, TokenBucket> buckets = new EnumMap<>(Operation.class);

  Pace(Map<Operation, Rate> rates, InstantSource clock) {
    rates.forEach((operation, rate) -> buckets.put(operation, new TokenBucket(rate, clock)));
  }

  TokenBucket of(Operation operation) {
    return buckets.get(operation);
  }
}
