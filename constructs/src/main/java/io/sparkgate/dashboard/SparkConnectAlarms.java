package io.sparkgate.dashboard;

import static io.sparkgate.internal.Minutes.minutes;

import io.sparkgate.border.MonitorMetrics;
import io.sparkgate.internal.Findings;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.constructs.Construct;

/**
 * Alarms on what goes wrong with sessions, beside those that the reaper, the guard, the takeover
 * alarm and the monitor have of themselves: each says what it means, and where it stands what to
 * do.
 *
 * <p>Without a session monitor there is one, on the account's quota: AWS emits nothing of sessions.
 * Metrics that have no data while nobody works leave an alarm as it is to be on an empty day, which
 * is OK; a monitor that does not run is an alarm of its own. Each costs USD 0.10 a month and metric
 * (from memory: AWS's price page was not read).
 *
 * <pre>{@code
 * SparkConnectAlarms.Builder.create(this, "Alarms")
 *     .application(platform.getApplication())
 *     .busyTime(Duration.hours(12))
 *     .without(AlarmKind.STARTS_SLOW)
 *     .alarmAction(new SnsAction(onCall))
 *     .build();
 * }</pre>
 */
public final class SparkConnectAlarms extends Construct {

  private static final Duration HALF_HOUR = Duration.minutes(30);
  private static final Duration DAY = Duration.days(1);

  private final Map<AlarmKind, List<Alarm>> alarms = new EnumMap<>(AlarmKind.class);

  private SparkConnectAlarms(AlarmSetters<?> props) {
    super(props.scope, props.id);
    props.check(this);
    Thresholds limits = props.thresholds;
    Findings findings = new Findings(this);
    limits.check(findings);
    limits.checkTold(findings, props.leftOut, props.isMonitored(), !props.subnetIds.isEmpty());
    Series series = props.series();
    AlarmMaker maker = new AlarmMaker(this, props);
    maker.above(
        AlarmKind.VCPU_NEAR_QUOTA,
        percentOfQuota(series),
        limits.quotaPercent,
        limits.quotaPercent);
    if (props.isMonitored()) {
      sessions(maker, limits, series);
      for (String subnetId : props.subnetIds) {
        maker.below(
            AlarmKind.FEW_ADDRESSES,
            series.freeAddresses(subnetId),
            limits.freeAddresses,
            subnetId,
            limits.freeAddresses);
      }
    }
    for (WatchingFunction each : props.functions) {
      if (each.is("monitor")) {
        monitor(maker, each, series.period());
      }
    }
    alarms.putAll(maker.made());
  }

  private static void sessions(AlarmMaker maker, Thresholds limits, Series series) {
    maker.atLeast(
        AlarmKind.SESSIONS_NEAR_LIMIT,
        series.ofMonitor(MonitorMetrics.SESSIONS_LIVE, "Maximum"),
        limits.sessions(),
        limits.sessions(),
        limits.sessionsPerApplication);
    maker.atLeast(
        AlarmKind.STARTS_FAIL,
        series.ofMonitor(MonitorMetrics.SESSION_FAILURES, "Sum", HALF_HOUR),
        limits.failures,
        limits.failures);
    maker.above(
        AlarmKind.STARTS_SLOW,
        series.ofMonitor(MonitorMetrics.READY_SECONDS, "p90", HALF_HOUR),
        limits.startTime.toSeconds().longValue(),
        minutes(limits.startTime));
    maker.above(
        AlarmKind.BUSY_TOO_LONG,
        series.ofMonitor(MonitorMetrics.LONGEST_BUSY_SECONDS, "Maximum"),
        limits.busyTime.toSeconds().longValue(),
        minutes(limits.busyTime));
    if (limits.dollarsPerDay != null) {
      maker.above(
          AlarmKind.DOLLARS_OVER_BUDGET,
          series.ofMonitor(MonitorMetrics.DOLLARS, "Sum", DAY),
          limits.dollarsPerDay,
          String.format(Locale.ROOT, "%.2f", limits.dollarsPerDay));
    }
  }

  private static void monitor(AlarmMaker maker, WatchingFunction monitor, Duration every) {
    maker.missing(
        AlarmKind.MONITOR_MISSING,
        monitor
            .function()
            .metricInvocations(MetricOptions.builder().statistic("Sum").period(every).build()),
        3);
  }

  private static IMetric percentOfQuota(Series series) {
    Metric usage = series.accountVcpu("vCPU of the account");
    return series.expression(
        "100 * usage / SERVICE_QUOTA(usage)",
        new TreeMap<>(Map.of("usage", usage)),
        "percent of the quota",
        series.period());
  }

  /**
   * Returns the alarms of a kind.
   *
   * @param kind which
   * @return one; none if it was left out or needs what is not there; several of subnets and of a
   *     monitor with several functions
   */
  public List<Alarm> getAlarms(AlarmKind kind) {
    return alarms.getOrDefault(kind, List.of());
  }

  /** {@return all alarms} */
  public List<Alarm> getAlarms() {
    return alarms.values().stream().flatMap(List::stream).toList();
  }

  /** A fluent builder for {@link SparkConnectAlarms}. */
  public static final class Builder extends AlarmSetters<Builder>
      implements software.amazon.jsii.Builder<SparkConnectAlarms> {

    private Builder(Construct scope, String id) {
      super(scope, id);
    }

    /**
     * Starts the alarms.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return a new builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public SparkConnectAlarms build() {
      return new SparkConnectAlarms(this);
    }
  }
}
