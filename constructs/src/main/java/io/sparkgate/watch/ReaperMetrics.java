package io.sparkgate.watch;

import io.sparkgate.access.SessionTags;
import io.sparkgate.border.SweepMetrics;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.IFunction;

/** The metrics that the functions of a reaper write at the end of each sweep. */
abstract class ReaperMetrics extends Watcher {

  private static final MetricOptions SUM = MetricOptions.builder().statistic("Sum").build();

  private final Duration every;

  ReaperMetrics(WatchSetters<?> props, Duration every) {
    super(props);
    this.every = every;
  }

  /**
   * Returns a metric of the sweeps.
   *
   * @param name such as {@code Terminated}
   * @return for each function, in their order, the maximum in an interval between sweeps
   */
  public List<Metric> metric(String name) {
    return metric(name, MetricOptions.builder().build());
  }

  /**
   * Returns a metric of the sweeps.
   *
   * @param name such as {@code Terminated}
   * @param options what is different from {@link #metric(String)}
   * @return one for each function, in their order
   */
  public List<Metric> metric(String name, MetricOptions options) {
    return getFunctions().stream().map(function -> metric(function, name).with(options)).toList();
  }

  /** {@return the live sessions in the lists that were read: the maximum for each function} */
  public List<Metric> metricScanned() {
    return metric(SweepMetrics.SCANNED);
  }

  /** {@return the idle sessions in the lists that were read: the maximum for each function} */
  public List<Metric> metricIdle() {
    return metric(SweepMetrics.IDLE);
  }

  /** {@return the sessions that were terminated: the sum for each function} */
  public List<Metric> metricTerminated() {
    return metric(SweepMetrics.TERMINATED, SUM);
  }

  /**
   * {@return the sessions that would have been terminated, in a dry run: the maximum for each
   * function}
   */
  public List<Metric> metricWouldTerminate() {
    return metric(SweepMetrics.WOULD_TERMINATE);
  }

  /** {@return the sessions and job runs that a tag protected: the maximum for each function} */
  public List<Metric> metricExempt() {
    return metric(SweepMetrics.EXEMPT);
  }

  /** {@return the sessions that could not be judged: the maximum for each function} */
  public List<Metric> metricUnknown() {
    return metric(SweepMetrics.UNKNOWN);
  }

  /**
   * {@return the sessions and job runs whose tag {@link SessionTags#KEEP_UNTIL} is no time: the
   * maximum for each function}
   */
  public List<Metric> metricUnreadableKeepUntil() {
    return metric(SweepMetrics.UNREADABLE_KEEP_UNTIL);
  }

  /**
   * {@return the sessions whose tag {@link SessionTags#IDLE_MINUTES} is no number: the maximum for
   * each function}
   */
  public List<Metric> metricUnreadableIdleMinutes() {
    return metric(SweepMetrics.UNREADABLE_IDLE_MINUTES);
  }

  /**
   * {@return the sessions, job runs and applications for which a call failed: the sum for each
   * function}
   */
  public List<Metric> metricFailed() {
    return metric(SweepMetrics.FAILED, SUM);
  }

  /**
   * {@return the sessions, job runs and applications that the time or the cap did not reach: the
   * maximum for each function}
   */
  public List<Metric> metricLeft() {
    return metric(SweepMetrics.LEFT);
  }

  /** {@return the seconds that the longest idle session idled: the maximum for each function} */
  public List<Metric> metricOldestIdleSeconds() {
    return metric(SweepMetrics.OLDEST_IDLE_SECONDS);
  }

  /** {@return the milliseconds that a sweep took: the maximum for each function} */
  public List<Metric> metricSweepDuration() {
    return metric(SweepMetrics.SWEEP_DURATION);
  }

  /**
   * {@return the job runs that live, in the lists that were read: the maximum for each function;
   * without data where there is no {@link JobRunPolicy}, as the other two are}
   */
  public List<Metric> metricJobRunsScanned() {
    return metric(SweepMetrics.JOB_RUNS_SCANNED);
  }

  /** {@return the job runs that were cancelled: the sum for each function} */
  public List<Metric> metricJobRunsCancelled() {
    return metric(SweepMetrics.JOB_RUNS_CANCELLED, SUM);
  }

  /**
   * {@return the job runs that would have been cancelled, in a dry run: the maximum for each
   * function}
   */
  public List<Metric> metricJobRunsWouldCancel() {
    return metric(SweepMetrics.JOB_RUNS_WOULD_CANCEL);
  }

  final Metric metric(IFunction function, String name) {
    return SweepMetric.of(this, function, name, every);
  }
}
