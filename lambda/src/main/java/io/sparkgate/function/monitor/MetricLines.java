package io.sparkgate.function.monitor;

import io.sparkgate.border.MonitorMetrics;
import io.sparkgate.function.MetricRecord;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The lines that CloudWatch makes the monitor's metrics of. */
final class MetricLines {

  private static final String TYPE = "metrics";

  private static final Map<String, String> UNITS =
      Map.of(
          MonitorMetrics.OLDEST_IDLE_SECONDS, "Seconds",
          MonitorMetrics.LONGEST_BUSY_SECONDS, "Seconds",
          MonitorMetrics.READY_SECONDS, "Seconds",
          MonitorMetrics.BUSY_PERCENT, "Percent",
          MonitorMetrics.IDLE_MINUTES, "None",
          MonitorMetrics.VCPU_HOURS, "None",
          MonitorMetrics.MEMORY_GB_HOURS, "None",
          MonitorMetrics.DOLLARS, "None",
          MonitorMetrics.IDLE_DOLLARS_PER_HOUR, "None",
          MonitorMetrics.POOL_IDLE_DOLLARS_PER_HOUR, "None");

  private static final Map<String, String> OWNER_UNITS =
      Map.of(MonitorMetrics.OWNER_DOLLARS, "None");

  private MetricLines() {}

  /** None where there is nothing to tell: a metric costs while it has values. */
  static List<Map<String, Object>> of(
      String application, Figures figures, MostOwners mostOwners, Instant now) {
    if (!figures.isSomebodyThere()) {
      Object waits = figures.figures().get(MonitorMetrics.POOL_IDLE_DOLLARS_PER_HOUR);
      return waits == null
          ? List.of()
          : List.of(
              line(application, Map.of(MonitorMetrics.POOL_IDLE_DOLLARS_PER_HOUR, waits), now));
    }
    List<Map<String, Object>> lines = new ArrayList<>();
    List<BigDecimal> ready = figures.readySeconds();
    for (int from = 0; from == 0 || from < ready.size(); from += MetricRecord.MOST_VALUES) {
      Map<String, Object> metrics = new LinkedHashMap<>();
      if (from == 0) {
        metrics.putAll(figures.figures());
      }
      if (!ready.isEmpty()) {
        metrics.put(
            MonitorMetrics.READY_SECONDS,
            ready.subList(from, Math.min(from + MetricRecord.MOST_VALUES, ready.size())));
      }
      lines.add(line(application, metrics, now));
    }
    lines.addAll(owners(application, figures, mostOwners, now));
    return lines;
  }

  static Map<String, Object> ofSubnet(String subnet, int free, Instant now) {
    return MetricRecord.of(
        TYPE,
        MonitorMetrics.NAMESPACE,
        Map.of(MonitorMetrics.SUBNET_ID, subnet),
        Map.of(MonitorMetrics.FREE_ADDRESSES, free),
        Map.of(),
        now);
  }

  private static Map<String, Object> line(
      String application, Map<String, Object> metrics, Instant now) {
    return MetricRecord.of(
        TYPE,
        MonitorMetrics.NAMESPACE,
        Map.of(MonitorMetrics.APPLICATION_ID, application),
        metrics,
        UNITS,
        now);
  }

  /** Those with the most sessions, then those with the most dollars, have their own. */
  private static List<Map<String, Object>> owners(
      String application, Figures figures, MostOwners most, Instant now) {
    Map<String, Integer> live = figures.liveByOwner();
    Map<String, BigDecimal> dollars = figures.dollarsByOwner();
    Set<String> all = new TreeSet<>(live.keySet());
    all.addAll(dollars.keySet());
    List<String> order =
        all.stream()
            .sorted(
                Comparator.comparing((String owner) -> -live.getOrDefault(owner, 0))
                    .thenComparing(owner -> dollars.getOrDefault(owner, BigDecimal.ZERO).negate()))
            .toList();
    Map<String, Integer> sessions = new LinkedHashMap<>();
    Map<String, BigDecimal> spent = new LinkedHashMap<>();
    for (String owner : most.order(order, now)) {
      String shown = most.has(owner) ? shown(owner) : MonitorMetrics.OTHERS;
      sessions.merge(shown, live.getOrDefault(owner, 0), Integer::sum);
      spent.merge(shown, dollars.getOrDefault(owner, BigDecimal.ZERO), BigDecimal::add);
    }
    List<Map<String, Object>> lines = new ArrayList<>();
    sessions.forEach(
        (owner, count) -> {
          Map<String, String> dimensions = new LinkedHashMap<>();
          dimensions.put(MonitorMetrics.APPLICATION_ID, application);
          dimensions.put(MonitorMetrics.OWNER, owner);
          Map<String, Object> metrics = new LinkedHashMap<>();
          metrics.put(MonitorMetrics.OWNER_SESSIONS, count);
          if (spent.get(owner).signum() > 0) {
            metrics.put(MonitorMetrics.OWNER_DOLLARS, Figures.rounded(spent.get(owner)));
          }
          lines.add(
              MetricRecord.of(
                  TYPE, MonitorMetrics.NAMESPACE, dimensions, metrics, OWNER_UNITS, now));
        });
    return lines;
  }

  /**
   * A dimension's value is printable ASCII, and does not begin with a colon; no owner is too long.
   */
  private static String shown(String owner) {
    return owner.replaceAll("[^\\x20-\\x7e]", "?").replaceFirst("^:", "_");
  }
}
