package io.sparkgate.function;

import io.sparkgate.border.SweepMetrics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A line that CloudWatch makes metrics of, because it follows the <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">embedded
 * metric format</a>.
 */
public final class MetricRecord {

  /** The most values that one metric of a line may have. */
  public static final int MOST_VALUES = 100;

  private static final Map<String, String> UNITS =
      Map.of(
          SweepMetrics.OLDEST_IDLE_SECONDS, "Seconds", SweepMetrics.SWEEP_DURATION, "Milliseconds");

  private MetricRecord() {}

  /**
   * The line of a sweep, to which more may be added.
   *
   * @param reaper the name of the function
   * @param metrics the figures by metric name
   */
  public static Map<String, Object> ofSweep(
      String type, String reaper, Map<String, Object> metrics, Instant now) {
    return of(
        type, SweepMetrics.NAMESPACE, Map.of(SweepMetrics.DIMENSION, reaper), metrics, UNITS, now);
  }

  /**
   * A line to which more may be added.
   *
   * @param dimensions the values by name, all of one set
   * @param metrics by name a figure, or a list of at most {@link #MOST_VALUES}
   * @param units by name, where it is not Count
   */
  public static Map<String, Object> of(
      String type,
      String namespace,
      Map<String, String> dimensions,
      Map<String, Object> metrics,
      Map<String, String> units,
      Instant now) {
    Map<String, Object> directive = new LinkedHashMap<>();
    directive.put("Namespace", namespace);
    directive.put("Dimensions", List.of(List.copyOf(dimensions.keySet())));
    directive.put(
        "Metrics", metrics.keySet().stream().map(name -> definition(name, units)).toList());
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("Timestamp", now.toEpochMilli());
    metadata.put("CloudWatchMetrics", List.of(directive));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("_aws", metadata);
    line.put("type", type);
    line.putAll(dimensions);
    line.putAll(metrics);
    return line;
  }

  private static Map<String, String> definition(String metric, Map<String, String> units) {
    Map<String, String> definition = new LinkedHashMap<>();
    definition.put("Name", metric);
    definition.put("Unit", units.getOrDefault(metric, "Count"));
    return definition;
  }
}
