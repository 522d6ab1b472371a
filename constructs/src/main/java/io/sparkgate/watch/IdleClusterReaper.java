package io.sparkgate.watch;

import static java.util.Objects.requireNonNull;

import io.sparkgate.access.SessionTags;
import io.sparkgate.border.Configuration;
import io.sparkgate.border.Handlers;
import io.sparkgate.cluster.SparkConnectEndpoint;
import io.sparkgate.internal.AlarmActions;
import io.sparkgate.internal.ClusterPermissions;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.JarFunction;
import io.sparkgate.internal.SweepFunction;
import io.sparkgate.internal.Sweeps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * Terminates clusters that nobody sends requests to.
 *
 * <p>A function looks every five minutes how many requests each endpoint got, and terminates the
 * clusters that {@link ClusterIdlePolicy} says. It can read and terminate the watched clusters and
 * nothing else, and connects to none. CloudFormation does not bring a cluster back that was
 * terminated: raise its generation for that. Do not watch a cluster that people work on by tunnel:
 * that is no request. Every decision is a record in its log.
 *
 * <pre>{@code
 * IdleClusterReaper.Builder.create(this, "ClusterReaper")
 *     .watch(endpoint)
 *     .idlePolicy(ClusterIdlePolicy.terminateAfter(Duration.hours(2)))
 *     .build();
 * }</pre>
 */
public final class IdleClusterReaper extends Construct {

  private final Duration every;
  private final IQueue deadLetterQueue;
  private final IFunction function;
  private final Alarm failureAlarm;
  private final ReaperAlarms sweepAlarms;

  private IdleClusterReaper(Builder props) {
    super(props.scope, props.id);
    every = props.every;
    Findings findings = new Findings(this);
    List<SparkConnectEndpoint> watched = props.watched.of(this);
    PolicyChecks.checkInterval(findings, every);
    findings.warnIf(
        every.toMinutes().longValue() >= props.idlePolicy.idleLimit().toMinutes().longValue(),
        "sweepsTooRare",
        """
        a sweep every %s minutes lets a cluster idle for up to %s, not %s; sweep more often than \
        the limit"""
            .formatted(
                every.toMinutes(),
                every.plus(props.idlePolicy.idleLimit()).toMinutes(),
                props.idlePolicy.idleLimit().toMinutes()));

    deadLetterQueue = Sweeps.deadLetters(this);
    JarFunction made =
        JarFunction.of(
            this,
            Handlers.CLUSTER_REAPER,
            "Terminates clusters that nobody sends requests to",
            props.logRetention);
    made.allow(
        ClusterPermissions.reaper(
            watched.stream().map(endpoint -> endpoint.getCluster().getClusterArn()).toList()));
    SweepFunction sweeping =
        new SweepFunction(
            made.props(),
            deadLetterQueue,
            every,
            Configuration.CLUSTER_REAPER,
            configuration(watched, props.idlePolicy),
            false);
    function = sweeping.function();
    Sweeps.schedule(
        this,
        "Sweeps for clusters that nobody uses",
        "the reaper",
        sweeping,
        every,
        deadLetterQueue);
    Alarms alarms = new Alarms(this, props.alarmActions);
    failureAlarm =
        alarms.errors(
            sweeping.function(),
            "SweepFailed",
            "A sweep failed, in whole or in part; the function's log says which cluster and why",
            every,
            TreatMissingData.NOT_BREACHING);
    sweepAlarms = new ReaperAlarms(alarms, this, "cluster", "clusters idle", this::metric);
  }

  private String configuration(List<SparkConnectEndpoint> watched, ClusterIdlePolicy policy) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        Configuration.CLUSTERS,
        watched.stream()
            .map(
                endpoint -> {
                  Map<String, Object> each = new LinkedHashMap<>();
                  each.put(Configuration.CLUSTER_ID, endpoint.getCluster().getClusterId());
                  each.put(
                      Configuration.TARGET_GROUP_ARN,
                      endpoint.getTargetGroup().getTargetGroupArn());
                  return each;
                })
            .toList());
    json.putAll(policy.toConfiguration());
    return Stack.of(this).toJsonString(json);
  }

  /** {@return the function} */
  public IFunction getFunction() {
    return function;
  }

  /**
   * Returns the queue that keeps, for 14 days, the events of sweeps that failed or never ran.
   *
   * @return the dead-letter queue
   */
  public IQueue getDeadLetterQueue() {
    return deadLetterQueue;
  }

  /** {@return the alarm that goes off when a sweep fails, in whole or in part} */
  public Alarm getFailureAlarm() {
    return failureAlarm;
  }

  /** {@return the alarm that goes off when no sweep has ended for three times the interval} */
  public Alarm getHeartbeatAlarm() {
    return sweepAlarms.heartbeat();
  }

  /**
   * {@return the alarm that goes off when the tag {@link SessionTags#KEEP_UNTIL} of a cluster is no
   * time} Such a cluster is kept for 4 hours from when it was due.
   */
  public Alarm getKeepUntilAlarm() {
    return sweepAlarms.keepUntil();
  }

  /**
   * Returns a metric of the sweeps.
   *
   * @param name such as {@code Terminated}; docs/reaper.md has them all
   * @return the maximum in an interval between sweeps
   */
  public Metric metric(String name) {
    return metric(name, MetricOptions.builder().build());
  }

  /**
   * Returns a metric of the sweeps.
   *
   * @param name such as {@code Terminated}; docs/reaper.md has them all
   * @param options what is different from {@link #metric(String)}
   * @return the metric
   */
  public Metric metric(String name, MetricOptions options) {
    return SweepMetric.of(this, function, name, every).with(options);
  }

  /** A fluent builder for {@link IdleClusterReaper}. */
  public static final class Builder implements software.amazon.jsii.Builder<IdleClusterReaper> {

    private final Construct scope;
    private final String id;
    private final WatchedEndpoints watched = new WatchedEndpoints();
    private final AlarmActions alarmActions = new AlarmActions();
    private ClusterIdlePolicy idlePolicy = ClusterIdlePolicy.standard();
    private Duration every = Duration.minutes(5);
    private RetentionDays logRetention = RetentionDays.THREE_MONTHS;

    private Builder(Construct scope, String id) {
      this.scope = requireNonNull(scope, "scope");
      this.id = requireNonNull(id, "id");
    }

    /**
     * Starts a reaper.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return a new builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Adds clusters to watch, each by its endpoint. Required, up to 20.
     *
     * @param endpoints of this stack's account and Region
     * @return this builder
     */
    public Builder watch(SparkConnectEndpoint... endpoints) {
      for (SparkConnectEndpoint endpoint : endpoints) {
        watched.add(endpoint);
      }
      return this;
    }

    /**
     * Sets what is terminated. Default: clusters that got no request for 60 minutes.
     *
     * @param idlePolicy the policy
     * @return this builder
     */
    public Builder idlePolicy(ClusterIdlePolicy idlePolicy) {
      this.idlePolicy = requireNonNull(idlePolicy, "idlePolicy");
      return this;
    }

    /**
     * Sets the interval between sweeps; a cluster outlives its limit by no more than this. Default:
     * 5 minutes.
     *
     * @param every 1 minute to 24 hours
     * @return this builder
     */
    public Builder every(Duration every) {
      this.every = requireNonNull(every, "every");
      return this;
    }

    /**
     * Adds what happens when an alarm goes off. Default: alarms only show their state.
     *
     * @param alarmAction for example an SnsAction, of a topic in the same Region
     * @return this builder
     */
    public Builder alarmAction(IAlarmAction alarmAction) {
      alarmActions.add(alarmAction);
      return this;
    }

    /**
     * Sets how long the records of decisions are kept. Default: three months.
     *
     * @param logRetention the retention of the log group
     * @return this builder
     */
    public Builder logRetention(RetentionDays logRetention) {
      this.logRetention = requireNonNull(logRetention, "logRetention");
      return this;
    }

    @Override
    public IdleClusterReaper build() {
      return new IdleClusterReaper(this);
    }
  }
}
