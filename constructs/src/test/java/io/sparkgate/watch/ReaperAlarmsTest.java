package io.sparkgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.serverless.EmrServerlessApplication;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;

class ReaperAlarmsTest {

  private final Stack stack = new Stack();

  @Test
  void raisesAnAlarmWhenASweepFails() {
    reaper().build();

    template()
        .hasResourceProperties(
            "AWS::CloudWatch::Alarm",
            Map.of(
                "Namespace", "AWS/Lambda",
                "MetricName", "Errors",
                "Threshold", 1,
                "TreatMissingData", "notBreaching"));
  }

  @Test
  void raisesAnAlarmWhenNoSweepEndsForThreeIntervals() {
    reaper().every(Duration.minutes(10)).build();

    template()
        .hasResourceProperties(
            "AWS::CloudWatch::Alarm",
            Map.of(
                "Namespace", "Sparkgate",
                "MetricName", "SweepDuration",
                "Statistic", "SampleCount",
                "Period", 600,
                "EvaluationPeriods", 3,
                "ComparisonOperator", "LessThanThreshold",
                "TreatMissingData", "breaching"));
  }

  @Test
  void raisesAnAlarmWhenATagThatIsToProtectCannotBeRead() {
    IdleSessionReaper reaper = reaper().every(Duration.minutes(10)).build();

    template()
        .hasResourceProperties(
            "AWS::CloudWatch::Alarm",
            Map.of(
                "Namespace", "Sparkgate",
                "MetricName", "UnreadableKeepUntil",
                "Statistic", "Maximum",
                "Period", 600,
                "EvaluationPeriods", 1,
                "Threshold", 1,
                "ComparisonOperator", "GreaterThanOrEqualToThreshold",
                "TreatMissingData", "notBreaching"));
    assertThat(reaper.getKeepUntilAlarms().get(0).getNode().getId())
        .isEqualTo("KeepUntilUnreadable");
  }

  @Test
  void saysWhetherItIsAboutJobRunsToo() {
    reaper().build();
    IdleSessionReaper.Builder.create(stack, "Wider")
        .watch(EmrServerlessApplication.fromApplicationId(stack, "Another", "00f1cb5c6anuij26"))
        .jobRunPolicy(JobRunPolicy.none().stuckAfter(Duration.hours(1)))
        .build();

    for (String says :
        List.of(
            "No sweep has ended for three intervals; sessions idle unseen",
            "No sweep has ended for three intervals; sessions and job runs go on unseen",
            "A tag sparkgate:keep-until cannot be read; its session is terminated 4 hours after it"
                + " is due. The function's log says which session, and what to write",
            "A tag sparkgate:keep-until cannot be read; its session or job run is terminated 4"
                + " hours after it is due. The function's log says which session or job run, and"
                + " what to write")) {
      template()
          .resourcePropertiesCountIs("AWS::CloudWatch::Alarm", Map.of("AlarmDescription", says), 1);
    }
  }

  @Test
  void tellsWhoWantsToKnow() {
    Topic topic = new Topic(stack, "Topic");
    reaper().alarmAction(new SnsAction(topic)).build();

    template().resourceCountIs("AWS::CloudWatch::Alarm", 3);
    template()
        .allResourcesProperties(
            "AWS::CloudWatch::Alarm",
            Map.of("AlarmActions", List.of(stack.resolve(topic.getTopicArn()))));
  }

  private IdleSessionReaper.Builder reaper() {
    return IdleSessionReaper.Builder.create(stack, "Reaper")
        .watch(
            EmrServerlessApplication.fromApplicationId(stack, "Application", "00f1cb5c6anuij25"));
  }

  private Template template() {
    return Template.fromStack(stack);
  }
}
