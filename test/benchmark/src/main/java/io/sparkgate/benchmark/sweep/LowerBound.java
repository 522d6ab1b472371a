package io.sparkgate.benchmark.sweep;

import io.sparkgate.benchmark.service.Operation;
import io.sparkgate.benchmark.service.Rate;
import java.util.Locale;
import java.util.Map;

/**
 * Below which time no sweep can come, however many calls it makes at once.
 *
 * @param byLimits whether it is for the service's limits, and not for the latency
 * @param reason how it is calculated
 */
record LowerBound(double seconds, boolean byLimits, String reason) {

  /** For the calls of a plain loop: list, get, terminate. */
  static LowerBound of(Setting setting) {
    return of(setting, setting.plainCalls(), 3);
  }

  /** With the second look, which only Sparkgate takes: list, get, get again, terminate. */
  static LowerBound withSecondLook(Setting setting) {
    return of(setting, setting.callsWithSecondLook(), 4);
  }

  /**
   * The longest that one of the limits, or the latency, asks for.
   *
   * @param roundTrips each of which needs the answer to the one before
   */
  private static LowerBound of(Setting setting, Map<Operation, Integer> calls, int roundTrips) {
    LowerBound longest = latency(roundTrips);
    for (Map.Entry<Operation, Rate> limit : setting.limits().rates().entrySet()) {
      Operation operation = limit.getKey();
      LowerBound bound = limit(Limits.name(operation), calls.get(operation), limit.getValue());
      longest = bound.seconds > longest.seconds ? bound : longest;
    }
    return longest;
  }

  private static LowerBound latency(int roundTrips) {
    long latency = Setting.LATENCY.toMillis();
    return new LowerBound(
        roundTrips * latency / 1e3,
        false,
        "%d calls one after the other, %d ms each".formatted(roundTrips, latency));
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
