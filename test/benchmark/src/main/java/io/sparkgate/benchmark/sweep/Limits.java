package io.sparkgate.benchmark.sweep;

import io.sparkgate.benchmark.service.Operation;
import io.sparkgate.benchmark.service.Rate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How fast the service lets its operations be called.
 *
 * @param rates of those that are limited
 */
record Limits(Map<Operation, Rate> rates) {

  static final Limits NONE = new Limits(Map.of());

  /** Those that EMR Serverless documents for an account and Region. */
  static final Limits DOCUMENTED = of(1, 25, 10, 50);

  /** Of lists and terminations, which are the same, and of looks at one session. */
  static Limits of(double listPerSecond, int listBurst, double getPerSecond, int getBurst) {
    Rate list = new Rate(listPerSecond, listBurst);
    Rate get = new Rate(getPerSecond, getBurst);
    return new Limits(
        new TreeMap<>(
            Map.of(
                Operation.LIST_SESSIONS, list,
                Operation.GET_SESSION, get,
                Operation.TERMINATE_SESSION, list)));
  }

  /** The same bursts, but rates that are so many times higher. */
  Limits times(int factor) {
    Map<Operation, Rate> faster = new TreeMap<>(rates);
    faster.replaceAll((operation, rate) -> new Rate(rate.perSecond() * factor, rate.burst()));
    return new Limits(faster);
  }

  boolean any() {
    return !rates.isEmpty();
  }

  @Override
  public String toString() {
    return any()
        ? rates.entrySet().stream()
            .map(entry -> text(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", ", "limits per second (at once): ", ""))
        : "no limits";
  }

  /** As the function's configuration calls it. */
  static String name(Operation operation) {
    return switch (operation) {
      case LIST_APPLICATIONS -> "listApplications";
      case LIST_SESSIONS -> "listSessions";
      case GET_SESSION -> "getSession";
      case TERMINATE_SESSION -> "terminateSession";
    };
  }

  private static String text(Operation operation, Rate rate) {
    return String.format(
        Locale.ROOT, "%s %.0f (%.0f)", name(operation), rate.perSecond(), rate.burst());
  }
}
