package io.sparkgate.function.cluster.reaper;

import io.sparkgate.border.SweepMetrics;
import io.sparkgate.function.Json;
import io.sparkgate.function.MetricRecord;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Unreadable;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a sweep tells: a JSON line for each cluster, and one with its figures at the end. */
final class ClusterReport {

  /** What became of a cluster in a sweep. */
  enum Outcome {
    KEPT("kept"),
    EXEMPT("exempt"),
    UNKNOWN("unknown"),
    TERMINATED("terminated"),
    WOULD_TERMINATE("wouldTerminate"),
    /** The cap did not reach it. */
    LEFT("left"),
    GONE("gone"),
    FAILED("failed");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }
  }

  private final PrintStream out;
  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
  private final List<String> failures = new ArrayList<>();
  private int unreadable;
  private int scanned;
  private Duration oldestIdle = Duration.ZERO;

  ClusterReport(PrintStream out) {
    this.out = out;
  }

  /** What was decided on a cluster, and what became of it. */
  void decided(Look look, Outcome outcome) {
    Decision decision = look.decision();
    if (decision.unreadable().contains(Unreadable.KEEP_UNTIL)) {
      unreadable++;
    }
    Map<String, Object> line = line(look.clusterId());
    line.put("state", look.state());
    look.idle()
        .ifPresent(
            idle -> {
              line.put("idleSeconds", idle.toSeconds());
              oldestIdle = idle.compareTo(oldestIdle) > 0 ? idle : oldestIdle;
            });
    line.put("rule", decision.rule());
    if (!decision.limit().isZero()) {
      line.put("limitSeconds", decision.limit().toSeconds());
    }
    finish(line, outcome, decision.reason());
  }

  void gone(String clusterId) {
    finish(line(clusterId), Outcome.GONE, "EMR knows no such cluster (any more)");
  }

  void failed(String clusterId, String reason, ServiceCallException e) {
    failures.add("cluster %s: %s: %s".formatted(clusterId, e.type(), e.said()));
    Map<String, Object> line = line(clusterId);
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("operation", e.operation());
    told.put("type", e.type());
    told.put("message", e.said());
    line.put("error", told);
    finish(line, Outcome.FAILED, reason);
  }

  /** One line on all that failed; empty when nothing did. */
  Optional<String> failure() {
    return failures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d failed, the first is %s"
                .formatted(failures.size(), failures.get(0))
                .replaceAll("\\R", " "));
  }

  /** Ends the sweep, and gives its figures by metric name. */
  Map<String, Object> end(
      String reaper, ClusterReaperConfig config, Duration duration, Instant now) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put(SweepMetrics.SCANNED, scanned);
    metrics.put(SweepMetrics.TERMINATED, of(Outcome.TERMINATED));
    metrics.put(SweepMetrics.WOULD_TERMINATE, of(Outcome.WOULD_TERMINATE));
    metrics.put(SweepMetrics.EXEMPT, of(Outcome.EXEMPT));
    metrics.put(SweepMetrics.UNKNOWN, of(Outcome.UNKNOWN));
    metrics.put(SweepMetrics.UNREADABLE_KEEP_UNTIL, unreadable);
    metrics.put(SweepMetrics.FAILED, of(Outcome.FAILED));
    metrics.put(SweepMetrics.LEFT, of(Outcome.LEFT));
    metrics.put(SweepMetrics.OLDEST_IDLE_SECONDS, oldestIdle.toSeconds());
    metrics.put(SweepMetrics.SWEEP_DURATION, duration.toMillis());
    Map<String, Object> line = MetricRecord.ofSweep("clusterSweep", reaper, metrics, now);
    line.put("kept", of(Outcome.KEPT));
    line.put("gone", of(Outcome.GONE));
    line.put("policy", config.document());
    out.println(Json.write(line));
    return metrics;
  }

  private int of(Outcome outcome) {
    return outcomes.getOrDefault(outcome, 0);
  }

  private Map<String, Object> line(String clusterId) {
    scanned++;
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "clusterDecision");
    line.put("clusterId", clusterId);
    return line;
  }

  private void finish(Map<String, Object> line, Outcome outcome, String reason) {
    outcomes.merge(outcome, 1, Integer::sum);
    line.put("outcome", outcome.label);
    line.put("reason", reason);
    out.println(Json.write(line));
  }
}
