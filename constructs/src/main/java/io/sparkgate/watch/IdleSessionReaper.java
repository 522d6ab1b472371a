package io.sparkgate.watch;

import static java.util.Objects.requireNonNull;

import io.sparkgate.access.SessionTags;
import io.sparkgate.border.Configuration;
import io.sparkgate.border.Handlers;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.JarFunction;
import io.sparkgate.internal.JobPermissions;
import io.sparkgate.internal.MonitorPermissions;
import io.sparkgate.internal.Permissions;
import io.sparkgate.internal.SweepFunction;
import io.sparkgate.internal.Sweeps;
import io.sparkgate.internal.Telling;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sqs.IQueue;
import software.constructs.Construct;

/**
 * Terminates sessions that nobody uses.
 *
 * <p>The caller of StartSession alone chooses a session's idle timeout, up to a million minutes,
 * and neither IAM nor CloudFormation can bound it. So a function looks every five minutes and
 * terminates what {@link IdlePolicy} says. It can list, read and terminate sessions of the watched
 * applications and nothing else; it cannot connect to one. Every decision is a record in its log.
 *
 * <p>Where a {@link JobRunPolicy} asks for it, the same function lists, reads and cancels job runs.
 *
 * <pre>{@code
 * IdleSessionReaper.Builder.create(this, "Reaper")
 *     .watch(application)
 *     .idlePolicy(IdlePolicy.terminateAfter(Duration.minutes(30)))
 *     .build();
 * }</pre>
 */
public final class IdleSessionReaper extends ReaperMetrics {

  private final IQueue deadLetterQueue;
  private final IdlePolicy idlePolicy;
  private final List<ReaperAlarms> sweepAlarms = new ArrayList<>();

  private IdleSessionReaper(Builder props) {
    super(props, props.every);
    Findings findings = new Findings(this);
    PolicyChecks.check(findings, props.idlePolicy, props.every);
    PolicyChecks.check(findings, props.jobRunPolicy, props.every);
    props.requestRates.check(findings);
    idlePolicy = props.idlePolicy;
    if (props.eventBus != null) {
      new Telling(props.eventBus).check(this);
    }

    deadLetterQueue = Sweeps.deadLetters(this);
    layOut(
        (scope, group) -> {
          SweepFunction function = function(scope, props, group);
          Sweeps.schedule(
              scope,
              "Sweeps for sessions that nobody uses",
              "the reaper",
              function,
              props.every,
              deadLetterQueue);
          watchWith(
              function.function(),
              "SweepFailed",
              "A sweep failed, in whole or in part; the function's log says which session and why",
              props.every,
              TreatMissingData.NOT_BREACHING);
          sweepAlarms.add(
              new ReaperAlarms(
                  alarms(),
                  scope,
                  props.jobRunPolicy.isOn() ? "session or job run" : "session",
                  props.jobRunPolicy.isOn() ? "sessions and job runs go on" : "sessions idle",
                  name -> metric(function.function(), name)));
        });
  }

  /**
   * Returns the queue that keeps, for 14 days, the events of sweeps that failed or never ran.
   *
   * @return the dead-letter queue
   */
  public IQueue getDeadLetterQueue() {
    return deadLetterQueue;
  }

  /** {@return what is terminated} */
  public IdlePolicy getIdlePolicy() {
    return idlePolicy;
  }

  /**
   * Returns the alarms that go off when a sweep fails, in whole or in part.
   *
   * @return one for each function, in their order
   */
  public List<Alarm> getFailureAlarms() {
    return errorsAlarms();
  }

  /**
   * Returns the alarms that go off when no sweep has ended for three times the interval.
   *
   * @return one for each function, in their order
   */
  public List<Alarm> getHeartbeatAlarms() {
    return sweepAlarms.stream().map(ReaperAlarms::heartbeat).toList();
  }

  /**
   * Returns the alarms that go off when a sweep reads a session whose tag {@link
   * SessionTags#KEEP_UNTIL} has a value that is no time. Such a session is kept for 4 hours from
   * when it was due, so that somebody can put the tag right.
   *
   * @return one for each function, in their order
   */
  public List<Alarm> getKeepUntilAlarms() {
    return sweepAlarms.stream().map(ReaperAlarms::keepUntil).toList();
  }

  private SweepFunction function(
      Construct scope, Builder props, List<IEmrServerlessApplication> group) {
    JarFunction made =
        JarFunction.of(
            scope,
            Handlers.REAPER,
            "Terminates Spark Connect sessions that nobody uses",
            props.logRetention);
    made.allow(
        props.jobRunPolicy.isOn()
            ? JobPermissions.reaper(arns(group))
            : Permissions.reaper(arns(group)));
    if (props.eventBus != null) {
      made.allow(MonitorPermissions.telling(props.eventBus.getEventBusArn()));
    }
    return new SweepFunction(
        made.props(),
        deadLetterQueue,
        props.every,
        Configuration.REAPER,
        configuration(props, group),
        props.snapStart);
  }

  private String configuration(Builder props, List<IEmrServerlessApplication> group) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(
        Configuration.APPLICATIONS,
        group.stream().map(IEmrServerlessApplication::getApplicationId).toList());
    json.putAll(props.idlePolicy.toConfiguration(numberOfFunctions()));
    json.put(Configuration.RATES, props.requestRates.toConfiguration(numberOfFunctions()));
    if (props.jobRunPolicy.isOn()) {
      Map<String, Object> jobRuns = props.jobRunPolicy.toConfiguration(numberOfFunctions());
      jobRuns.put(
          Configuration.RATES, props.requestRates.toConfigurationOfJobRuns(numberOfFunctions()));
      json.put(Configuration.JOB_RUNS, jobRuns);
    }
    if (props.eventBus != null) {
      json.put(Configuration.EVENT_BUS, props.eventBus.getEventBusName());
    }
    return Stack.of(this).toJsonString(json);
  }

  /** A fluent builder for {@link IdleSessionReaper}. */
  public static final class Builder extends WatchSetters<Builder>
      implements software.amazon.jsii.Builder<IdleSessionReaper> {

    private IdlePolicy idlePolicy = IdlePolicy.standard();
    private JobRunPolicy jobRunPolicy = JobRunPolicy.none();
    private Duration every = Duration.minutes(5);
    private RequestRates requestRates = RequestRates.share(50);
    private @Nullable IEventBus eventBus;
    private boolean snapStart = false;
    private RetentionDays logRetention = RetentionDays.THREE_MONTHS;

    private Builder(Construct scope, String id) {
      super(scope, id);
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
     * Sets what is terminated. Default: sessions idle for 60 minutes (the service's own default,
     * now also for callers who ask for longer) or starting for 30.
     *
     * @param idlePolicy the policy
     * @return this builder
     */
    public Builder idlePolicy(IdlePolicy idlePolicy) {
      this.idlePolicy = requireNonNull(idlePolicy, "idlePolicy");
      return this;
    }

    /**
     * Sets which job runs are cancelled. Default: none; the function then may not even list them.
     *
     * @param jobRunPolicy the policy
     * @return this builder
     */
    public Builder jobRunPolicy(JobRunPolicy jobRunPolicy) {
      this.jobRunPolicy = requireNonNull(jobRunPolicy, "jobRunPolicy");
      return this;
    }

    /**
     * Sets the interval between sweeps; a session outlives its limit by no more than this. Default:
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
     * Sets how fast the service is called; several functions divide it. Default: half of the rates
     * that the account is assumed to have, see {@link RequestRates}.
     *
     * @param requestRates the rates and the share of them
     * @return this builder
     */
    public Builder requestRates(RequestRates requestRates) {
      this.requestRates = requireNonNull(requestRates, "requestRates");
      return this;
    }

    /**
     * Sets where an event goes for each session that is terminated ({@code
     * SessionEvents.terminatedByPolicy}). Default: nowhere.
     *
     * @param eventBus of the same account and Region
     * @return this builder
     */
    public Builder eventBus(IEventBus eventBus) {
      this.eventBus = requireNonNull(eventBus, "eventBus");
      return this;
    }

    /**
     * Starts the function from a SnapStart snapshot. Default: false, because a function that runs
     * every few minutes is nearly always warm.
     *
     * @param snapStart whether to publish versions with a snapshot
     * @return this builder
     */
    public Builder snapStart(boolean snapStart) {
      this.snapStart = snapStart;
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
    protected Builder self() {
      return this;
    }

    @Override
    public IdleSessionReaper build() {
      return new IdleSessionReaper(this);
    }
  }
}
