package io.sparkgate.function.reaper.sweep;

import io.sparkgate.border.SweepMetrics;
import io.sparkgate.function.reaper.Unreadable;
import io.sparkgate.function.reaper.sweep.Outcome.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last line of a sweep. CloudWatch makes metrics of it, because it follows the <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">embedded
 * metric format</a>.
 */
final class SweepRecord {

  static final String NAMESPACE = SweepMetrics.NAMESPACE;
  static final String DIMENSION = SweepMetrics.DIMENSION;

  private static final Map<String, String> UNITS =
      Map.of(
          SweepMetrics.OLDEST_IDLE_SECONDS, "Seconds", SweepMetrics.SWEEP_DURATION, "Milliseconds");

  private SweepRecord() {}

  /**
   * The figures by metric name. Scanned and Idle count what the lists returned; an application in
   * which nothing can be due yet is not listed. Failed and Left count sessions and applications.
   * OldestIdleSeconds is of the sessions that were looked at; zero when none was idle.
   */
  static Map<String, Object> metrics(Tally tally, Duration duration) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put(SweepMetrics.SCANNED, tally.scanned());
    metrics.put(SweepMetrics.IDLE, tally.idle());
    metrics.put(SweepMetrics.TERMINATED, tally.of(Kind.TERMINATED));
    metrics.put(SweepMetrics.WOULD_TERMINATE, tally.of(Kind.WOULD_TERMINATE));
    metrics.put(SweepMetrics.EXEMPT, tally.of(Kind.EXEMPT));
    metrics.put(SweepMetrics.UNKNOWN, tally.of(Kind.UNKNOWN));
    for (Unreadable tag : Unreadable.values()) {
      metrics.put(tag.metric(), tally.of(tag));
    }
    metrics.put(SweepMetrics.FAILED, tally.of(Kind.FAILED));
    metrics.put(SweepMetrics.LEFT, tally.of(Kind.LEFT));
    metrics.put(SweepMetrics.OLDEST_IDLE_SECONDS, tally.oldestIdle().toSeconds());
    metrics.put(SweepMetrics.SWEEP_DURATION, duration.toMillis());
    return metrics;
  }

  static Map<String, Object> of(
      String reaper, ReaperConfig config, Tally tally, Map<String, Object> metrics, Instant now) {
    List<Map<String, String>> definitions =
        metrics.keySet().stream().map(SweepRecord::definition).toList();
    Map<String, Object> directive = new LinkedHashMap<>();
    directive.put("Namespace", NAMESPACE);
    directive.put("Dimensions", List.of(List.of(DIMENSION)));
    directive.put("Metrics", definitions);
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("Timestamp", now.toEpochMilli());
    metadata.put("CloudWatchMetrics", List.of(directive));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("_aws", metadata);
    line.put("type", "sweep");
    line.put(DIMENSION, reaper);
    line.putAll(metrics);
    line.put("kept", tally.of(Kind.KEPT));
    line.put("gone", tally.of(Kind.GONE));
    line.put("notDue", tally.notDue());
    line.put("leftApplications", tally.leftApplications());
    line.put("policy", config.document());
    return line;
  }

  private static Map<String, String> definition(String metric) {
    Map<String, String> definition = new LinkedHashMap<>();
    definition.put("Name", metric);
    definition.put("Unit", UNITS.getOrDefault(metric, "Count"));
    return definition;
  }
}
