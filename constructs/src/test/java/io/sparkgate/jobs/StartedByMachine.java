package io.sparkgate.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.scheduler.CronOptionsWithTimezone;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

/** A stack with a job, and what may start it. */
abstract class StartedByMachine {

  static final SparkJob JOB =
      SparkJob.batch("s3://jobs/sales.py")
          .arguments("{% $states.input.day %}")
          .tag("team", "red")
          .build();
  static final ScheduleExpression AT_THREE =
      ScheduleExpression.cron(
          CronOptionsWithTimezone.builder()
              .minute("0")
              .hour("3")
              .timeZone(TimeZone.EUROPE_BERLIN)
              .build());

  final Stack stack =
      new Stack(
          new App(),
          "Stack",
          StackProps.builder()
              .env(Environment.builder().account("111122223333").region("eu-west-1").build())
              .build());
  final IRole role = SessionExecutionRole.Builder.create(stack, "Execution").build().getRole();

  EmrServerlessApplication application() {
    return EmrServerlessApplication.Builder.create(stack, "App").build();
  }

  EmrServerlessStartJobRun.Builder task(IEmrServerlessApplication application) {
    return EmrServerlessStartJobRun.Builder.create(stack, "Job")
        .application(application)
        .executionRole(role);
  }

  ScheduledJobRun.Builder schedule(IEmrServerlessApplication application) {
    return ScheduledJobRun.Builder.create(stack, "Nightly")
        .application(application)
        .executionRole(role)
        .schedule(AT_THREE);
  }

  void stateMachine(EmrServerlessStartJobRun task) {
    StateMachine.Builder.create(stack, "Machine")
        .definitionBody(DefinitionBody.fromChainable(task))
        .build();
  }

  String policies() {
    return Template.fromStack(stack).findResources("AWS::IAM::Policy").toString();
  }

  JsonNode definition() throws Exception {
    JsonNode machines =
        json(Template.fromStack(stack).findResources("AWS::StepFunctions::StateMachine"));
    return new ObjectMapper().readTree(joined(machines.findValue("DefinitionString")));
  }

  /** A text with the names of resources in the place of their attributes. */
  static String joined(JsonNode text) {
    StringBuilder joined = new StringBuilder();
    for (JsonNode part : text.at("/Fn::Join/1")) {
      joined.append(
          part.isTextual()
              ? part.asText()
              : part.has("Ref")
                  ? "aws"
                  : part.at("/Fn::GetAtt/0").asText() + "." + part.at("/Fn::GetAtt/1").asText());
    }
    return joined.toString();
  }

  Map<String, Object> allow(Object action, Object on, Map<String, Object> condition) {
    return condition.isEmpty()
        ? Map.of("Action", action, "Effect", "Allow", "Resource", on)
        : Map.of("Action", action, "Effect", "Allow", "Resource", on, "Condition", condition);
  }

  static Object arn(String suffix) {
    Map<String, Object> arn = Map.of("Fn::GetAtt", List.of("AppF1B96344", "Arn"));
    return suffix.isEmpty() ? arn : Map.of("Fn::Join", List.of("", List.of(arn, suffix)));
  }

  static Map<String, Object> asMe(String... keys) {
    return Map.of(
        "StringEquals",
        Map.of("aws:RequestTag/sparkgate:owner", "${aws:PrincipalArn}"),
        "ForAllValues:StringEquals",
        Map.of("aws:TagKeys", List.of(keys)));
  }

  static JsonNode json(Object value) {
    return new ObjectMapper().valueToTree(value);
  }
}
