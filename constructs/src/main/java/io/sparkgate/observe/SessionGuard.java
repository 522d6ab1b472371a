package io.sparkgate.observe;

import io.sparkgate.application.IEmrServerlessApplication;
import io.sparkgate.function.JarFunction;
import io.sparkgate.function.SchedulerRole;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.targets.LambdaInvoke;
import software.constructs.Construct;

/**
 * Notices that an application takes no sessions any more.
 *
 * <p>Tools that do not know the switch {@code sessionEnabled} turn it off when they update an
 * application (terraform-provider-aws issue 49281), and CloudFormation does not turn it on again,
 * because its template has not changed. So a function looks at it every 15 minutes, and an alarm
 * says when it is off, when the application is gone, or when nobody has looked for an hour.
 */
public final class SessionGuard extends Construct {

  private static final Duration EVERY = Duration.minutes(15);
  private static final Duration FOUR_LOOKS = Duration.hours(1);

  private final Function function;
  private final Alarm alarm;

  private SessionGuard(Builder props) {
    super(props.scope, props.id);
    List<IEmrServerlessApplication> watched = props.watchedBy(this);
    JarFunction made =
        JarFunction.of(
            this,
            "io.sparkgate.function.guard.SessionGuardHandler",
            "Looks whether applications take sessions",
            RetentionDays.THREE_MONTHS);
    made.role().addToPolicy(look(watched));
    function =
        made.props()
            .environment(Map.of("SPARKGATE_GUARD", configuration(watched)))
            .timeout(Duration.minutes(1))
            // The next look is near.
            .retryAttempts(0)
            .build();
    Schedule.Builder.create(this, "Schedule")
        .description("Looks whether applications take sessions")
        .schedule(ScheduleExpression.rate(EVERY))
        .target(
            LambdaInvoke.Builder.create(function)
                .role(SchedulerRole.create(this, "ScheduleRole", "Invokes the guard"))
                .maxEventAge(EVERY)
                .retryAttempts(2)
                .build())
        .build();
    alarm =
        Alarm.Builder.create(this, "SessionsOff")
            .alarmDescription(
                "An application takes no sessions, is gone, or was not looked at for an hour; the"
                    + " function's log says which and what to do")
            .metric(
                function.metricErrors(
                    MetricOptions.builder().period(FOUR_LOOKS).statistic("Sum").build()))
            .threshold(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .evaluationPeriods(1)
            .treatMissingData(TreatMissingData.BREACHING)
            .build();
    props.actOn(alarm);
  }

  /**
   * Returns the function.
   *
   * @return the function that looks
   */
  public IFunction getFunction() {
    return function;
  }

  /**
   * Returns the alarm.
   *
   * @return the alarm that goes off when an application takes no sessions
   */
  public Alarm getAlarm() {
    return alarm;
  }

  private static PolicyStatement look(List<IEmrServerlessApplication> watched) {
    return PolicyStatement.Builder.create()
        .actions(List.of("emr-serverless:GetApplication"))
        .resources(watched.stream().map(IEmrServerlessApplication::getApplicationArn).toList())
        .build();
  }

  private String configuration(List<IEmrServerlessApplication> watched) {
    return Stack.of(this)
        .toJsonString(
            Map.of(
                "applications",
                watched.stream()
                    .map(IEmrServerlessApplication::getApplicationId)
                    .distinct()
                    .toList()));
  }

  /** A fluent builder for {@link SessionGuard}. */
  public static final class Builder extends WatchSetters<Builder>
      implements software.amazon.jsii.Builder<SessionGuard> {

    private Builder(Construct scope, String id) {
      super(scope, id);
    }

    /**
     * Starts a guard.
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
    public SessionGuard build() {
      return new SessionGuard(this);
    }
  }
}
