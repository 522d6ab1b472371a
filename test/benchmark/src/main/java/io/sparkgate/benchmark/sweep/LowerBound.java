package io.sparkgate.benchmark.sweep;

import io.sparkgate.benchmark.service.Operation;
import io.sparkgate.benchmark.service.Rate;
import java.util.Locale;
import java.util.Map;

/**
 * Below which time no plain loop can come, however many calls it makes at once.
 *
 * @param byLimits whether it is for the service's limits, and not for the latency
 * @param reason how it is calculated
 */
record LowerBound(double seconds, boolean byLimits, String reason) {

  /** A list, a look and a termination, each of which needs the answer to the one before. */
  private static final int ROUND_TRIPS = 3;

  static LowerBound of(Setting setting) {
    LowerBound longest = latency();
    for (Map.Entry<Operation, Rate> limit : setting.limits().rates().entrySet()) {
      int calls = setting.plainCalls().get(limit.getKey());
      LowerBound bound = limit(Limits.name(limit.getKey()), calls, limit.getValue());
      longest = bound.seconds > longest.seconds ? bound : longest;
    }
    return longest;
  }

  private static LowerBound latency() {
    long latency = Setting.LATENCY.toMillis();
    return new LowerBound(
        ROUND_TRIPS * latency / 1e3,
        false,
        "list, get and terminate one after the other, %d ms each".formatted(latency));
  }

  private static LowerBound limit(String operation, int calls, Rate rate) {
    String reason =
        String.format(
            Locale.ROOT,
            "(%,d calls of %s - %.0f at once) / %.0f per second",
            calls,
            operation,
            rate.burst(),
            rate.perSecond());
    return new LowerBound((calls - rate.burst()) / rate.perSecond(), true, reason);
  }
}
