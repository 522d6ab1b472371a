package io.sparkgate.monitor;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import io.sparkgate.border.MonitorMetrics;
import io.sparkgate.internal.Ordered;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.ec2.ISubnet;

/**
 * The metrics that a monitor writes of an application. While nobody is there it writes none, so
 * that they cost nothing; count missing data as zero.
 */
abstract class SessionMetrics extends MonitorScope {

  private final Duration every;

  SessionMetrics(MonitorSetters<?> props, int charactersOfIds) {
    super(props, charactersOfIds);
    every = props.every;
  }

  /**
   * Returns a metric of an application.
   *
   * @param application one that is watched
   * @param name such as {@code SessionsLive}
   * @return the maximum in an interval between passes
   */
  public Metric metric(IEmrServerlessApplication application, String name) {
    return metric(name, "Maximum", dimensions(application));
  }

  /**
   * Returns a metric of an application.
   *
   * @param application one that is watched
   * @param name such as {@code SessionsLive}
   * @param options what is different from {@link #metric(IEmrServerlessApplication, String)}
   * @return the metric
   */
  public Metric metric(IEmrServerlessApplication application, String name, MetricOptions options) {
    return metric(application, name).with(options);
  }

  /**
   * {@return the sessions that live: the maximum}
   *
   * @param application one that is watched
   */
  public Metric metricSessionsLive(IEmrServerlessApplication application) {
    return metric(application, MonitorMetrics.SESSIONS_LIVE);
  }

  /**
   * {@return the sessions that are starting: the maximum}
   *
   * @param application one that is watched
   */
  public Metric metricSessionsStarting(IEmrServerlessApplication application) {
    return metric(application, MonitorMetrics.SESSIONS_STARTING);
  }

  /**
   * {@return the sessions that started and were not used yet: the maximum}
   *
   * @param application one that is watched
   */
  public Metric metricSessionsReady(IEmrServerlessApplication application) {
    return metric(application, MonitorMetrics.SESSIONS_READY);
  }

  /**
   * {@return the sessions that idle: the maximum}
   *
   * @param application one that is watched
   */
  public Metric metricSessionsIdle(IEmrServerlessApplication application) {
    return metric(application, MonitorMetrics.SESSIONS_IDLE);
  }

  /**
   * {@return the sessions that work: the maximum}
   *
   * @param application one that is watched
   */
  public Metric metricSessionsBusy(IEmrServerlessApplication application) {
    return metric(application, MonitorMetrics.SESSIONS_BUSY);
  }

  /**
   * {@return the part of the live sessions that work, in percent: the average}
   *
   * @param application one that is watched
   */
  public Metric metricBusyPercent(IEmrServerlessApplication application) {
    return metric(MonitorMetrics.BUSY_PERCENT, "Average", dimensions(application));
  }

  /**
   * {@return the seconds that the longest idle session idled: the maximum}
   *
   * @param application one that is watched
   */
  public Metric metricOldestIdleSeconds(IEmrServerlessApplication application) {
    return metric(application, MonitorMetrics.OLDEST_IDLE_SECONDS);
  }

  /**
   * {@return the seconds that the longest busy session worked without a pause: the maximum}
   *
   * @param application one that is watched
   */
  public Metric metricLongestBusySeconds(IEmrServerlessApplication application) {
    return metric(application, MonitorMetrics.LONGEST_BUSY_SECONDS);
  }

  /**
   * {@return the sessions that were asked for: the sum}
   *
   * @param application one that is watched
   */
  public Metric metricSessionStarts(IEmrServerlessApplication application) {
    return sum(application, MonitorMetrics.SESSION_STARTS);
  }

  /**
   * {@return the sessions that failed: the sum}
   *
   * @param application one that is watched
   */
  public Metric metricSessionFailures(IEmrServerlessApplication application) {
    return sum(application, MonitorMetrics.SESSION_FAILURES);
  }

  /**
   * {@return the sessions that ended, those that failed included: the sum}
   *
   * @param application one that is watched
   */
  public Metric metricSessionEnds(IEmrServerlessApplication application) {
    return sum(application, MonitorMetrics.SESSION_ENDS);
  }

  /**
   * {@return the seconds from when a session was asked for until it was ready: nine of ten take no
   * longer}
   *
   * @param application one that is watched
   */
  public Metric metricReadySeconds(IEmrServerlessApplication application) {
    return metric(MonitorMetrics.READY_SECONDS, "p90", dimensions(application));
  }

  /**
   * {@return the minutes that sessions idled, together: the sum}
   *
   * @param application one that is watched
   */
  public Metric metricIdleMinutes(IEmrServerlessApplication application) {
    return sum(application, MonitorMetrics.IDLE_MINUTES);
  }

  /**
   * {@return the vCPU-hours that were billed of what ended: the sum}
   *
   * @param application one that is watched
   */
  public Metric metricVcpuHours(IEmrServerlessApplication application) {
    return sum(application, MonitorMetrics.VCPU_HOURS);
  }

  /**
   * {@return the GB-hours of memory that were billed of what ended: the sum}
   *
   * @param application one that is watched
   */
  public Metric metricMemoryGbHours(IEmrServerlessApplication application) {
    return sum(application, MonitorMetrics.MEMORY_GB_HOURS);
  }

  /**
   * {@return what ended cost, in US dollars, estimated: the sum}
   *
   * @param application one that is watched
   */
  public Metric metricDollars(IEmrServerlessApplication application) {
    return sum(application, MonitorMetrics.DOLLARS);
  }

  /**
   * {@return the US dollars an hour that idle sessions cost, estimated: the maximum}
   *
   * @param application one that is watched
   */
  public Metric metricIdleDollarsPerHour(IEmrServerlessApplication application) {
    return metric(application, MonitorMetrics.IDLE_DOLLARS_PER_HOUR);
  }

  /**
   * {@return the US dollars an hour that the idle part of the warm pool costs, estimated: the
   * maximum}
   *
   * @param application one that is watched
   */
  public Metric metricPoolIdleDollarsPerHour(IEmrServerlessApplication application) {
    return metric(application, MonitorMetrics.POOL_IDLE_DOLLARS_PER_HOUR);
  }

  /**
   * {@return the live sessions of one owner: the maximum}
   *
   * @param application one that is watched
   * @param owner as its sessions are tagged; {@code others} for all without metrics of their own
   */
  public Metric metricOwnerSessions(IEmrServerlessApplication application, String owner) {
    return metric(MonitorMetrics.OWNER_SESSIONS, "Maximum", dimensions(application, owner));
  }

  /**
   * {@return what ended of one owner cost, in US dollars, estimated: the sum}
   *
   * @param application one that is watched
   * @param owner as its sessions are tagged; {@code others} for all without metrics of their own
   */
  public Metric metricOwnerDollars(IEmrServerlessApplication application, String owner) {
    return metric(MonitorMetrics.OWNER_DOLLARS, "Sum", dimensions(application, owner));
  }

  /**
   * {@return the free addresses of a subnet: the minimum}
   *
   * @param subnet one that is watched
   * @throws IllegalArgumentException if it is not
   */
  public Metric metricFreeAddresses(ISubnet subnet) {
    check(subnet);
    return metric(
        MonitorMetrics.FREE_ADDRESSES,
        "Minimum",
        Map.of(MonitorMetrics.SUBNET_ID, subnet.getSubnetId()));
  }

  private Metric sum(IEmrServerlessApplication application, String name) {
    return metric(name, "Sum", dimensions(application));
  }

  private Map<String, String> dimensions(IEmrServerlessApplication application) {
    check(application);
    return Map.of(MonitorMetrics.APPLICATION_ID, application.getApplicationId());
  }

  private Map<String, String> dimensions(IEmrServerlessApplication application, String owner) {
    check(application);
    return Ordered.map(
        entry(MonitorMetrics.APPLICATION_ID, application.getApplicationId()),
        entry(MonitorMetrics.OWNER, requireNonNull(owner, "owner")));
  }

  private Metric metric(String name, String statistic, Map<String, String> dimensions) {
    return Metric.Builder.create()
        .namespace(MonitorMetrics.NAMESPACE)
        .metricName(requireNonNull(name, "name"))
        .dimensionsMap(dimensions)
        .period(every)
        .statistic(statistic)
        .build()
        .attachTo(this);
  }
}
