package io.sparkgate.watch;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import io.sparkgate.border.Configuration;
import io.sparkgate.border.Handlers;
import io.sparkgate.internal.JarFunction;
import io.sparkgate.internal.MonitorPermissions;
import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.Permissions;
import io.sparkgate.internal.Telling;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.events.Match;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/**
 * Says so when somebody fetches the endpoint of a session that another principal started, and with
 * it the use of that session's execution role.
 *
 * <p>It needs a CloudTrail trail in the Region that records management events, reads included, as
 * trails do by default; make one if the account has none. Without a trail the alarm never goes off.
 * A person who starts a session in one role and connects in another counts as somebody else.
 *
 * <pre>{@code
 * TakeoverAlarm.Builder.create(this, "TakeoverAlarm")
 *     .watch(platform.getApplication())
 *     .alarmAction(new SnsAction(security))
 *     .build();
 * }</pre>
 */
public final class TakeoverAlarm extends Watcher {

  /** EventBridge passes over read events unless a rule asks for all. */
  private static final String READS_TOO = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

  /** Of ids: a pattern takes 2,048, and what else it says is 240. */
  private static final int CHARACTERS_PER_PATTERN = 1700;

  private TakeoverAlarm(Builder props) {
    super(props);
    if (props.eventBus != null) {
      new Telling(props.eventBus).check(this);
    }
    layOut(
        (scope, group) -> {
          Function function = function(scope, props, group);
          hear(scope, function, group);
          watchWith(
              function,
              "Takeover",
              "Somebody fetched the endpoint of a session that another principal started, or"
                  + " that could not be judged; the function's log says who and which",
              Duration.minutes(1),
              TreatMissingData.NOT_BREACHING);
        });
  }

  /**
   * Returns the alarms, one for each function.
   *
   * @return the alarms, in the order of the functions
   */
  public List<Alarm> getAlarms() {
    return errorsAlarms();
  }

  private static Function function(
      Construct scope, Builder props, List<IEmrServerlessApplication> group) {
    JarFunction made =
        JarFunction.of(
            scope,
            Handlers.TAKEOVER_ALARM,
            "Compares who fetched a session's endpoint with who started it",
            RetentionDays.ONE_YEAR);
    made.allow(Permissions.takeoverAlarm(arns(group)));
    if (props.eventBus != null) {
      made.allow(MonitorPermissions.telling(props.eventBus.getEventBusArn()));
      made.props()
          .environment(
              Map.of(
                  Configuration.TAKEOVER,
                  Stack.of(scope)
                      .toJsonString(
                          Map.of(Configuration.EVENT_BUS, props.eventBus.getEventBusName()))));
    }
    return made.props()
        .timeout(Duration.minutes(1))
        // What it cannot judge is an alarm too.
        .retryAttempts(0)
        .build();
  }

  private static void hear(
      Construct scope, Function function, List<IEmrServerlessApplication> group) {
    List<List<IEmrServerlessApplication>> heard =
        Watched.groups(group, group.size(), CHARACTERS_PER_PATTERN);
    for (int i = 0; i < heard.size(); i++) {
      Rule rule =
          Rule.Builder.create(scope, i == 0 ? "Rule" : "Rule" + (i + 1))
              .description("Somebody fetched the endpoint of a session")
              .eventPattern(endpointFetched(heard.get(i)))
              .targets(List.of(LambdaFunction.Builder.create(function).build()))
              .build();
      ((CfnRule) rule.getNode().getDefaultChild()).setState(READS_TOO);
    }
  }

  /** Calls that were denied handed nothing out. */
  private static EventPattern endpointFetched(List<IEmrServerlessApplication> watched) {
    return EventPattern.builder()
        .source(List.of("aws.emr-serverless"))
        .detailType(List.of("AWS API Call via CloudTrail"))
        .detail(
            Ordered.map(
                entry("eventSource", List.of("emr-serverless.amazonaws.com")),
                entry("eventName", List.of("GetSessionEndpoint")),
                entry("errorCode", Match.doesNotExist()),
                entry(
                    "requestParameters",
                    Map.of(
                        "applicationId",
                        watched.stream()
                            .map(IEmrServerlessApplication::getApplicationId)
                            .toList()))))
        .build();
  }

  /** A fluent builder for {@link TakeoverAlarm}. */
  public static final class Builder extends WatchSetters<Builder>
      implements software.amazon.jsii.Builder<TakeoverAlarm> {

    private @Nullable IEventBus eventBus;

    private Builder(Construct scope, String id) {
      super(scope, id);
    }

    /**
     * Starts an alarm.
     *
     * @param scope the parent construct
     * @param id the construct id
     * @return a new builder
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Sets where an event goes for each fetch that the alarm is about ({@code
     * SessionEvents.takeoverSuspected}). Default: nowhere.
     *
     * @param eventBus of the same account and Region
     * @return this builder
     */
    public Builder eventBus(IEventBus eventBus) {
      this.eventBus = requireNonNull(eventBus, "eventBus");
      return this;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    public TakeoverAlarm build() {
      return new TakeoverAlarm(this);
    }
  }
}
