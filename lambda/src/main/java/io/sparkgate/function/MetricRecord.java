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
    List<Map<String, String>> definitions =
        metrics.keySet().stream().map(MetricRecord::definition).toList();
    Map<String, Object> directive = new LinkedHashMap<>();
    directive.put("Namespace", SweepMetrics.NAMESPACE);
    directive.put("Dimensions", List.of(List.of(SweepMetrics.DIMENSION)));
    directive.put("Metrics", definitions);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("Timestamp", now.toEpochMilli());
    metadata.put("CloudWatchMetrics", List.of(directive));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("_aws", metadata);
    line.put("type", type);
    line.put(SweepMetrics.DIMENSION, reaper);
    line.putAll(metrics);
    return line;
  }

  private static Map<String, String> definition(String metric) {
    Map<String, String> definition = new LinkedHashMap<>();
    definition.put("Name", metric);
    definition.put("Unit", UNITS.getOrDefault(metric, "Count"));
    return definition;
  }
}
