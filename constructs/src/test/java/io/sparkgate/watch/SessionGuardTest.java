package io.sparkgate.watch;

import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.sns.Topic;

class SessionGuardTest {

  private final Stack stack = new Stack();

  @Test
  void looksEveryQuarterOfAnHour() {
    guard().build();

    template()
        .hasResourceProperties(
            "AWS::Scheduler::Schedule", Map.of("ScheduleExpression", "rate(15 minutes)"));
    template()
        .hasResourceProperties(
            "AWS::Lambda::Function",
            Map.of(
                "Environment",
                Map.of(
                    "Variables",
                    Map.of("SPARKGATE_GUARD", "{\"applications\":[\"00aaaa\",\"00bbbb\"]}"))));
  }

  @Test
  void sumsUpAnHourAndMissesLooks() {
    Topic topic = Topic.Builder.create(stack, "OnCall").build();
    guard().alarmAction(new SnsAction(topic)).build();

    Synth.hasErrorsAlarm(stack, Duration.hours(1), "breaching", topic.getTopicArn());
  }

  @Test
  void mayDoNothingButLook() {
    guard().build();

    Synth.hasPolicy(
        stack,
        Match.objectLike(Map.of("Action", List.of("logs:CreateLogStream", "logs:PutLogEvents"))),
        Map.of(
            "Effect",
            "Allow",
            "Action",
            "emr-serverless:GetApplication",
            "Resource",
            List.of(arn("00aaaa"), arn("00bbbb"))));
  }

  private SessionGuard.Builder guard() {
    return SessionGuard.Builder.create(stack, "Guard")
        .watch(application("00aaaa"))
        .watch(application("00bbbb"));
  }

  private IEmrServerlessApplication application(String id) {
    return EmrServerlessApplication.fromApplicationId(stack, "Application" + id, id);
  }

  private Object arn(String id) {
    return stack.resolve(
        "arn:%s:emr-serverless:%s:%s:/applications/%s"
            .formatted(stack.getPartition(), stack.getRegion(), stack.getAccount(), id));
  }

  private Template template() {
    return Template.fromStack(stack);
  }
}
