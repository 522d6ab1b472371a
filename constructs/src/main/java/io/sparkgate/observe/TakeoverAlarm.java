package io.sparkgate.observe;

import static java.util.Map.entry;

import io.sparkgate.application.IEmrServerlessApplication;
import io.sparkgate.function.JarFunction;
import io.sparkgate.internal.Ordered;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Match;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.IFunction;
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
public final class TakeoverAlarm extends Construct {

  /** EventBridge passes over read events unless a rule asks for all. */
  private static final String READS_TOO = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

  private final Function function;
  private final Alarm alarm;

  private TakeoverAlarm(Builder props) {
    super(props.scope, props.id);
    List<IEmrServerlessApplication> watched = props.watchedBy(this);
    JarFunction made =
        JarFunction.of(
            this,
            "io.sparkgate.function.takeover.TakeoverHandler",
            "Compares who fetched a session's endpoint with who started it",
            RetentionDays.ONE_YEAR);
    made.role().addToPolicy(lookUp(watched));
    function =
        made.props()
            .timeout(Duration.minutes(1))
            // What it cannot judge is an alarm too.
            .retryAttempts(0)
            .build();
    Rule rule =
        Rule.Builder.create(this, "Rule")
            .description("Somebody fetched the endpoint of a session")
            .eventPattern(endpointFetched(watched))
            .targets(List.of(LambdaFunction.Builder.create(function).build()))
            .build();
    ((CfnRule) rule.getNode().getDefaultChild()).setState(READS_TOO);
    alarm =
        Alarm.Builder.create(this, "Takeover")
            .alarmDescription(
                "Somebody fetched the endpoint of a session that another principal started, or"
                    + " that could not be judged; the function's log says who and which")
            .metric(
                function.metricErrors(
                    MetricOptions.builder().period(Duration.minutes(1)).statistic("Sum").build()))
            .threshold(1)
            .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
            .evaluationPeriods(1)
            .treatMissingData(TreatMissingData.NOT_BREACHING)
            .build();
    props.actOn(alarm);
  }

  /**
   * Returns the function.
   *
   * @return the function that compares
   */
  public IFunction getFunction() {
    return function;
  }

  /**
   * Returns the alarm.
   *
   * @return the alarm
   */
  public Alarm getAlarm() {
    return alarm;
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

  private static PolicyStatement lookUp(List<IEmrServerlessApplication> watched) {
    return PolicyStatement.Builder.create()
        .actions(List.of("emr-serverless:GetSession"))
        .resources(
            watched.stream()
                .map(application -> application.getApplicationArn() + "/sessions/*")
                .toList())
        .build();
  }

  /** A fluent builder for {@link TakeoverAlarm}. */
  public static final class Builder extends WatchSetters<Builder>
      implements software.amazon.jsii.Builder<TakeoverAlarm> {

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

    @Override
    Builder self() {
      return this;
    }

    @Override
    public TakeoverAlarm build() {
      return new TakeoverAlarm(this);
    }
  }
}
