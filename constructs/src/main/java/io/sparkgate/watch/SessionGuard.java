package io.sparkgate.watch;

import io.sparkgate.border.Configuration;
import io.sparkgate.border.Handlers;
import io.sparkgate.internal.JarFunction;
import io.sparkgate.internal.Permissions;
import io.sparkgate.internal.SchedulerRole;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.lambda.Function;
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
public final class SessionGuard extends Watcher {

  private static final Duration EVERY = Duration.minutes(15);
  private static final Duration FOUR_LOOKS = Duration.hours(1);

  private SessionGuard(Builder props) {
    super(props);
    layOut(
        (scope, group) -> {
          Function function = function(scope, group);
          schedule(scope, function);
          watchWith(
              function,
              "SessionsOff",
              "An application takes no sessions, is gone, or was not looked at for an hour; the"
                  + " function's log says which and what to do",
              FOUR_LOOKS,
              TreatMissingData.BREACHING);
        });
  }

  /**
   * Returns the alarms that go off when an application takes no sessions, one for each function.
   *
   * @return the alarms, in the order of the functions
   */
  public List<Alarm> getAlarms() {
    return errorsAlarms();
  }

  private static Function function(Construct scope, List<IEmrServerlessApplication> group) {
    JarFunction made =
        JarFunction.of(
            scope,
            Handlers.GUARD,
            "Looks whether applications take sessions",
            RetentionDays.THREE_MONTHS);
    made.allow(Permissions.guard(arns(group)));
    return made.props()
        .environment(Map.of(Configuration.GUARD, configuration(scope, group)))
        .timeout(Duration.minutes(1))
        // The next look is near.
        .retryAttempts(0)
        .build();
  }

  private static void schedule(Construct scope, Function function) {
    Schedule.Builder.create(scope, "Schedule")
        .description("Looks whether applications take sessions")
        .schedule(ScheduleExpression.rate(EVERY))
        .target(
            LambdaInvoke.Builder.create(function)
                .role(SchedulerRole.create(scope, "ScheduleRole", "Invokes the guard"))
                .maxEventAge(EVERY)
                .retryAttempts(2)
                .build())
        .build();
  }

  private static String configuration(Construct scope, List<IEmrServerlessApplication> group) {
    return Stack.of(scope)
        .toJsonString(
            Map.of(
                Configuration.APPLICATIONS,
                group.stream().map(IEmrServerlessApplication::getApplicationId).toList()));
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
    protected Builder self() {
      return this;
    }

    @Override
    public SessionGuard build() {
      return new SessionGuard(this);
    }
  }
}
