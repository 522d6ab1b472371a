package io.sparkgate.sandbox.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** All data points, in memory. */
public final class MetricStore {

  private final Map<MetricId, List<Point>> points = new ConcurrentHashMap<>();

  private record Point(Instant at, double value) {}

  /** Adds values of one moment. */
  public void put(MetricId metric, Instant at, double... values) {
    List<Point> all = points.computeIfAbsent(metric, id -> new ArrayList<>());
    synchronized (all) {
      for (double value : values) {
        all.add(new Point(at, value));
      }
    }
  }

  /** All metrics that have a data point. */
  public Set<MetricId> metrics() {
    return Set.copyOf(points.keySet());
  }

  /**
   * A statistic of each period in which there are values, by the period's begin.
   *
   * @param statistic for example {@code Sum}, {@code p90}
   * @param from inclusive, rounded down to a whole period
   * @param to exclusive
   * @throws IllegalArgumentException if there is no such statistic
   */
  public NavigableMap<Instant, Double> query(
      MetricId metric, String statistic, Duration period, Instant from, Instant to) {
    Statistic made = Statistic.of(statistic);
    Map<Instant, List<Double>> periods = new TreeMap<>();
    Instant first = begin(from, period);
    List<Point> all = points.getOrDefault(metric, List.of());
    synchronized (all) {
      for (Point point : all) {
        if (!point.at().isBefore(first) && point.at().isBefore(to)) {
          periods
              .computeIfAbsent(begin(point.at(), period), time -> new ArrayList<>())
              .add(point.value());
        }
      }
    }
    NavigableMap<Instant, Double> result = new TreeMap<>();
    periods.forEach((time, values) -> result.put(time, made.of(values)));
    return result;
  }

  /** When the period began that a time is in. */
  static Instant begin(Instant time, Duration period) {
    long seconds = period.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
  }
}
