package io.sparkgate.warm;

import static java.util.Objects.requireNonNull;

import io.sparkgate.border.Configuration;
import io.sparkgate.border.Handlers;
import io.sparkgate.border.WarmHoursFields;
import io.sparkgate.internal.AlarmActions;
import io.sparkgate.internal.ApplicationArn;
import io.sparkgate.internal.Findings;
import io.sparkgate.internal.JarFunction;
import io.sparkgate.internal.Permissions;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.SchedulerRole;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.Prices;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.spark.CpuArchitecture;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IAlarmAction;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.emrserverless.CfnApplication;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;
import software.constructs.Construct;

/**
 * Keeps the warm pool of an application in working hours, and only then: starts the application ten
 * minutes before, and stops it after, 15 minutes after the last session. It never interrupts: what
 * has a session or a job run is not stopped.
 *
 * <p>The service's own auto-stop does not know hours. Shorter than them, it takes the pool away
 * while nobody has a session, until the next look five minutes later; never, and an application
 * whose function cannot stop it costs until somebody notices. So let it be as long as the hours
 * are, as {@link #autoStop(WorkingHours)} says and a platform does by itself. While CloudFormation
 * deploys the application's stack nothing is started or stopped.
 *
 * <pre>{@code
 * WarmHours.Builder.create(this, "WarmHours")
 *     .application(application)
 *     .hours(WorkingHours.of("Europe/Berlin", "08:00", "18:00").except("2026-12-25"))
 *     .build();
 * }</pre>
 */
public final class WarmHours extends Construct {

  /**
   * Looks at the clock, in Java: a schedule in the zone would skip and repeat hours twice a year.
   */
  private static final Duration EVERY = Duration.minutes(5);

  private static final Duration HOUR = Duration.hours(1);

  /** Of the twelve looks of an hour: one that fails is made up for by the next. */
  private static final int FAILURES = 3;

  private final Function function;
  private final Alarm alarm;

  private WarmHours(Builder props) {
    super(props.scope, props.id);
    Findings findings = new Findings(this);
    findings.errorIf(
        props.application == null,
        "application received nothing, but takes what has the pool; call application(application)");
    findings.errorIf(
        props.hours == null,
        "hours received nothing, but takes when the pool is kept; call hours(WorkingHours.of(...))");
    EmrServerlessApplication application = requireNonNull(props.application);
    WorkingHours hours = requireNonNull(props.hours);
    WarmPool pool =
        application
            .getWarmPool()
            .orElseThrow(
                () ->
                    findings.error(
                        """
                        application received %s, which has no warm pool, so there is nothing to \
                        keep warm; give it one (warmPool), or leave the hours out"""
                            .formatted(application.getNode().getPath())));
    findings.errorIf(
        Place.of(application).differsFrom(Place.of(Stack.of(this))),
        "application received %s of another account or Region; make its warm hours in a stack there"
            .formatted(application.getNode().getPath()));
    KeptWarm.by(this, application);
    warnOfAutoStop(findings, application, hours);
    Annotations.of(this)
        .addInfoV2("@sparkgate/constructs:warmHoursCost", cost(application, pool, hours));

    JarFunction made =
        JarFunction.of(
            this,
            Handlers.WARM_HOURS,
            "Keeps an application started in working hours",
            RetentionDays.THREE_MONTHS);
    String stackId = Stack.of(application).getStackId();
    made.allow(Permissions.warmHours(new ApplicationArn(application.getApplicationArn()), stackId));
    function =
        made.props()
            .environment(
                Map.of(Configuration.WARM_HOURS, configuration(application, stackId, hours)))
            .timeout(Duration.minutes(1))
            // The next look is near.
            .retryAttempts(0)
            .build();
    schedule();
    alarm = alarm();
    props.alarmActions.of(this, alarm);
  }

  /**
   * {@return the idle time after which the application should stop by itself: as long as the hours}
   *
   * @param hours those of the construct
   */
  public static Duration autoStop(WorkingHours hours) {
    return Duration.minutes(hours.getLength().toMinutes());
  }

  private static void warnOfAutoStop(
      Findings findings, EmrServerlessApplication application, WorkingHours hours) {
    Duration autoStop = application.getAutoStop().orElse(null);
    if (autoStop == null) {
      findings.warn(
          "warmHoursWithoutAutoStop",
          """
          autoStop of the application is never(), so if the function of these hours cannot stop it \
          nothing else does, and its pool costs on; use AutoStop.after(WarmHours.autoStop(hours))""");
    } else if (!autoStop.isUnresolved()
        && autoStop.toMinutes().longValue() < hours.getLength().toMinutes()) {
      findings.warn(
          "warmHoursInterrupted",
          """
          autoStop of the application is %s minutes, so in the hours it stops when nobody has a \
          session for so long, and whoever comes within the next minutes finds no pool; use \
          AutoStop.after(WarmHours.autoStop(hours)), which is %s minutes"""
              .formatted(autoStop.toMinutes(), hours.getLength().toMinutes()));
    }
  }

  private static String cost(
      EmrServerlessApplication application, WarmPool pool, WorkingHours hours) {
    Prices prices = Prices.listed(Stack.of(application).getRegion(), architecture(application));
    double hour = prices.ofAnHour(pool);
    return String.format(
        Locale.ROOT,
        "The warm pool of %s costs about USD %.0f a month in these hours (%.0f hours at USD %.2f;"
            + " %s), whether it is used or not",
        pool,
        hour * hours.getHoursPerMonth(),
        hours.getHoursPerMonth(),
        hour,
        prices.getSource());
  }

  private static CpuArchitecture architecture(EmrServerlessApplication application) {
    return application.getNode().getDefaultChild() instanceof CfnApplication resource
            && CpuArchitecture.ARM64.name().equals(resource.getArchitecture())
        ? CpuArchitecture.ARM64
        : CpuArchitecture.X86_64;
  }

  private String configuration(
      EmrServerlessApplication application, String stackId, WorkingHours hours) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(WarmHoursFields.APPLICATION, application.getApplicationId());
    json.put(WarmHoursFields.STACK, stackId);
    json.putAll(hours.toConfiguration());
    return Stack.of(this).toJsonString(json);
  }

  private void schedule() {
    Schedule.Builder.create(this, "Schedule")
        .description("Looks whether an application is to be warm")
        .schedule(ScheduleExpression.rate(EVERY))
        .target(
            LambdaInvoke.Builder.create(function)
                .role(SchedulerRole.create(this, "ScheduleRole", "Invokes the warm hours"))
                .maxEventAge(EVERY)
                .retryAttempts(2)
                .build())
        .build();
  }

  private Alarm alarm() {
    return Alarm.Builder.create(this, "WarmHoursFail")
        .alarmDescription(
            "Warm hours failed, or did not look for an hour: the pool may be missing, or cost at"
                + " night. What to do: docs/operations.md#warmhoursfail")
        .metric(
            function.metricErrors(MetricOptions.builder().period(HOUR).statistic("Sum").build()))
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .threshold(FAILURES)
        .evaluationPeriods(1)
        .treatMissingData(TreatMissingData.BREACHING)
        .build();
  }

  /** {@return the function} */
  public IFunction getFunction() {
    return function;
  }

  /** {@return the alarm that goes off when the function fails, or does not run for an hour} */
  public Alarm getAlarm() {
    return alarm;
  }

  /** A fluent builder for {@link WarmHours}. */
  public static final class Builder implements software.amazon.jsii.Builder<WarmHours> {

    private final Construct scope;
    private final String id;
    private final AlarmActions alarmActions = new AlarmActions();
    private @Nullable EmrServerlessApplication application;
    private @Nullable WorkingHours hours;

    private Builder(Construct scope, String id) {
      this.scope = requireNonNull(scope, "scope");
      this.id = requireNonNull(id, "id");
    }

    /**
     * Starts warm hours.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return a new builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Sets the application. Required. One that is imported is none of these: nobody here knows its
     * pool and when it stops.
     *
     * @param application one with a warm pool, made in this app
     * @return this builder
     */
    public Builder application(EmrServerlessApplication application) {
      this.application = requireNonNull(application, "application");
      return this;
    }

    /**
     * Sets when the pool is kept. Required.
     *
     * @param hours the hours
     * @return this builder
     */
    public Builder hours(WorkingHours hours) {
      this.hours = requireNonNull(hours, "hours");
      return this;
    }

    /**
     * Adds what happens when the alarm goes off. Default: it only shows its state.
     *
     * @param alarmAction for example an SnsAction, of a topic in the same Region
     * @return this builder
     */
    public Builder alarmAction(IAlarmAction alarmAction) {
      alarmActions.add(alarmAction);
      return this;
    }

    @Override
    public WarmHours build() {
      return new WarmHours(this);
    }
  }
}
