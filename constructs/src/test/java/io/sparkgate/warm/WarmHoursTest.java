package io.sparkgate.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.AutoStop;
import io.sparkgate.serverless.CapacityLimit;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.WarmPool;
import io.sparkgate.serverless.WorkerSize;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;

class WarmHoursTest {

  private static final WorkingHours HOURS =
      WorkingHours.of("Europe/Berlin", "08:00", "18:00").except("2026-12-25");

  private final App app = new App();
  private final Stack stack = new Stack(app, "Spark");

  private EmrServerlessApplication application(AutoStop autoStop) {
    return EmrServerlessApplication.Builder.create(stack, "Application")
        .warmPool(WarmPool.of(1, WorkerSize.of(4, 16), 2, WorkerSize.of(4, 16)))
        .capacityLimit(CapacityLimit.of(16, 64, 320))
        .autoStop(autoStop)
        .build();
  }

  private WarmHours.Builder hours(Stack stack) {
    return WarmHours.Builder.create(stack, "WarmHours")
        .application(application(AutoStop.after(WarmHours.autoStop(HOURS))))
        .hours(HOURS);
  }

  @Test
  void looksEveryFiveMinutesWhetherItIsTime() {
    hours(stack).build();

    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::Scheduler::Schedule",
            Map.of(
                "ScheduleExpression",
                "rate(5 minutes)",
                "Target",
                Match.objectLike(
                    Map.of(
                        "RetryPolicy",
                        Map.of("MaximumEventAgeInSeconds", 300, "MaximumRetryAttempts", 2)))));
    Template.fromStack(stack)
        .hasResourceProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 90));
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::Lambda::Function",
            Map.of(
                "Environment",
                Map.of(
                    "Variables",
                    Map.of(
                        "SPARKGATE_WARM_HOURS",
                        Map.of(
                            "Fn::Join",
                            List.of(
                                "",
                                Match.arrayWith(
                                    List.of(
                                        "{\"application\":\"",
                                        "\",\"stack\":\"",
                                        Map.of("Ref", "AWS::StackId"),
                                        """
                                        ","zone":"Europe/Berlin","days":["MONDAY","TUESDAY",\
                                        "WEDNESDAY","THURSDAY","FRIDAY"],"from":"08:00",\
                                        "to":"18:00","holidays":["2026-12-25"]}"""))))))));
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void areOnceOfAnApplication() {
    WarmHours.Builder first = hours(stack);
    first.build();

    assertThatThrownBy(
            () ->
                WarmHours.Builder.create(stack, "Night")
                    .application(
                        (EmrServerlessApplication) stack.getNode().findChild("Application"))
                    .hours(WorkingHours.of("Europe/Berlin", "22:00", "06:00"))
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Spark/Night: application received Spark/Application, which Spark/WarmHours keeps warm"
                + " already, and one would stop what the other starts; leave one of them out");
  }

  @Test
  void mayStartStopAndLookAtItsApplicationAndSeeItsStack() {
    hours(stack).build();

    Map<?, ?> resources = Template.fromStack(stack).toJSON();
    assertThat(resources).isNotNull();
    Synth.hasPolicy(
        stack,
        Match.objectLike(Map.of("Action", List.of("logs:CreateLogStream", "logs:PutLogEvents"))),
        Map.of(
            "Effect",
            "Allow",
            "Action",
            "cloudformation:DescribeStacks",
            "Resource",
            Map.of("Ref", "AWS::StackId")),
        Map.of(
            "Effect",
            "Allow",
            "Action",
            List.of(
                "emr-serverless:GetApplication",
                "emr-serverless:ListJobRuns",
                "emr-serverless:ListSessions",
                "emr-serverless:StartApplication",
                "emr-serverless:StopApplication"),
            "Resource",
            Map.of("Fn::GetAtt", List.of(Match.anyValue(), "Arn"))));
  }

  @Test
  void tellsWhatItCosts() {
    hours(stack).build();

    Annotations.fromStack(stack)
        .hasInfo(
            "*",
            Match.stringLikeRegexp(
                "The warm pool of 1 x .* and 2 x .* executors costs about USD 198 a month in these"
                    + " hours \\(217 hours at USD 0.91; us-east-1 .*"));
  }

  @Test
  void saysWhereThePricesAreNotThoseOfTheProcessor() {
    Stack known = in("us-east-1", "Known");
    WarmHours.Builder.create(known, "WarmHours")
        .application(
            EmrServerlessApplication.Builder.create(known, "Application")
                .architecture(CpuArchitecture.ARM64)
                .warmPool(WarmPool.of(1, WorkerSize.of(4, 16), 2, WorkerSize.of(4, 16)))
                .capacityLimit(CapacityLimit.of(16, 64, 320))
                .build())
        .hours(HOURS)
        .build();

    Annotations.fromStack(known)
        .hasInfo("*", Match.stringLikeRegexp(".*ARM64 are not known here.*"));
  }

  @Test
  void hasAnAlarmThatIsNotSilentWhenNobodyLooks() {
    Topic topic = Topic.Builder.create(stack, "OnCall").build();
    hours(stack).alarmAction(new SnsAction(topic)).build();

    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::CloudWatch::Alarm",
            Map.of(
                "MetricName",
                "Errors",
                "Statistic",
                "Sum",
                "ComparisonOperator",
                "GreaterThanOrEqualToThreshold",
                "EvaluationPeriods",
                1,
                "Period",
                3600,
                "Threshold",
                3,
                "TreatMissingData",
                "breaching",
                "AlarmActions",
                List.of(stack.resolve(topic.getTopicArn()))));
  }

  @Test
  void warnsWhereTheServiceStopsTheApplicationInTheHours() {
    WarmHours.Builder.create(stack, "WarmHours")
        .application(application(AutoStop.after(software.amazon.awscdk.Duration.minutes(15))))
        .hours(HOURS)
        .build();

    assertThat(Synth.warnings(stack))
        .containsExactly(
            "autoStop of the application is 15 minutes, so in the hours it stops when nobody has a"
                + " session for so long, and whoever comes within the next minutes finds no pool;"
                + " use AutoStop.after(WarmHours.autoStop(hours)), which is 600 minutes [ack:"
                + " @sparkgate/constructs:warmHoursInterrupted]");
  }

  @Test
  void warnsWhereNothingElseStopsTheApplication() {
    WarmHours.Builder.create(stack, "WarmHours")
        .application(application(AutoStop.never()))
        .hours(HOURS)
        .build();

    assertThat(Synth.warnings(stack))
        .anySatisfy(
            warning -> assertThat(warning).startsWith("autoStop of the application is never()"));
  }

  @Test
  void refusesAnApplicationThatHasNothingToKeepWarm() {
    EmrServerlessApplication cold = EmrServerlessApplication.Builder.create(stack, "Cold").build();

    assertThatThrownBy(
            () ->
                WarmHours.Builder.create(stack, "WarmHours").application(cold).hours(HOURS).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Spark/WarmHours: application received Spark/Cold, which has no warm pool, so there is"
                + " nothing to keep warm; give it one (warmPool), or leave the hours out");
  }

  @Test
  void needsApplicationAndHours() {
    assertThatThrownBy(() -> WarmHours.Builder.create(stack, "None").build())
        .hasMessageStartingWith("Spark/None: application received nothing");
    assertThatThrownBy(
            () ->
                WarmHours.Builder.create(stack, "Hourless")
                    .application(application(AutoStop.never()))
                    .build())
        .hasMessageStartingWith("Spark/Hourless: hours received nothing");
  }

  @Test
  void asksAboutTheStackThatHasTheApplicationFromAnother() {
    Stack other = new Stack(app, "Other");
    hours(other).build();

    app.synth();

    assertThat(Template.fromStack(other).findResources("AWS::Lambda::Function").toString())
        .contains("Fn::ImportValue");
  }

  @Test
  void areMadeInTheRegionOfTheirApplication() {
    Stack here = in("eu-west-1", "Here");
    WarmHours.Builder elsewhere =
        WarmHours.Builder.create(in("eu-central-1", "There"), "WarmHours")
            .application(
                EmrServerlessApplication.Builder.create(here, "Application")
                    .warmPool(WarmPool.of(1, WorkerSize.of(4, 16), 2, WorkerSize.of(4, 16)))
                    .capacityLimit(CapacityLimit.of(16, 64, 320))
                    .build())
            .hours(HOURS);

    assertThatThrownBy(elsewhere::build)
        .hasMessage(
            "There/WarmHours: application received Here/Application of another account or Region;"
                + " make its warm hours in a stack there");
  }

  private Stack in(String region, String id) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region(region).build())
            .build());
  }
}
