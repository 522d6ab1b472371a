package io.sparkgate.function.reaper.sweep;

import io.sparkgate.border.SweepMetrics;
import io.sparkgate.function.MetricRecord;
import io.sparkgate.function.reaper.Subject;
import io.sparkgate.function.reaper.Unreadable;
import io.sparkgate.function.reaper.sweep.Outcome.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The last line of a sweep, which has its metrics. */
final class SweepRecord {

  static final String NAMESPACE = SweepMetrics.NAMESPACE;
  static final String DIMENSION = SweepMetrics.DIMENSION;

  private SweepRecord() {}

  /**
   * The figures by metric name. Scanned and Idle count what the lists returned; an application in
   * which nothing can be due yet is not listed. Exempt, UnreadableKeepUntil, Failed and Left count
   * job runs too; Failed and Left also applications. OldestIdleSeconds is of the sessions that were
   * looked at; zero when none was idle.
   */
  static Map<String, Object> metrics(ReaperConfig config, Tally tally, Duration duration) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put(SweepMetrics.SCANNED, tally.scanned(Subject.SESSION));
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
    if (config.jobRuns() != null) {
      metrics.put(SweepMetrics.JOB_RUNS_SCANNED, tally.scanned(Subject.JOB_RUN));
      metrics.put(SweepMetrics.JOB_RUNS_CANCELLED, tally.of(Kind.CANCELLED));
      metrics.put(SweepMetrics.JOB_RUNS_WOULD_CANCEL, tally.of(Kind.WOULD_CANCEL));
    }
    return metrics;
  }

  static Map<String, Object> of(
      String reaper, ReaperConfig config, Tally tally, Map<String, Object> metrics, Instant now) {
    Map<String, Object> line = MetricRecord.ofSweep("sweep", reaper, metrics, now);
    line.put("kept", tally.of(Kind.KEPT));
    line.put("gone", tally.of(Kind.GONE));
    line.put("notDue", tally.notDue(Subject.SESSION));
    if (config.jobRuns() != null) {
      line.put("jobRunsNotDue", tally.notDue(Subject.JOB_RUN));
    }
    line.put("leftApplications", tally.leftApplications());
    line.put("policy", config.document());
    return line;
  }
}
