package io.sparkgate.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.LogDestination;
import io.sparkgate.serverless.Logs;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;

class ScheduledJobRunTest extends StartedByMachine {

  private static final SparkJob NIGHTLY =
      SparkJob.batch("s3://jobs/sales.py")
          .arguments("<aws.scheduler.scheduled-time>")
          .tag("team", "sales")
          .build();

  @Test
  void startsARunByTheClockWithATokenOfItsOwn() throws Exception {
    ScheduledJobRun nightly = schedule(application()).job(NIGHTLY).build();

    Template template = Template.fromStack(stack);
    template.hasResourceProperties(
        "AWS::Scheduler::Schedule",
        Map.of(
            "ScheduleExpression",
            "cron(0 3 * * ? *)",
            "ScheduleExpressionTimezone",
            "Europe/Berlin",
            "State",
            "ENABLED",
            "Target",
            Match.objectLike(
                Map.of(
                    "RoleArn",
                    stack.resolve(nightly.getRole().getRoleArn()),
                    "DeadLetterConfig",
                    Map.of("Arn", stack.resolve(nightly.getDeadLetterQueue().getQueueArn()))))));
    JsonNode target = json(template.findResources("AWS::Scheduler::Schedule")).findValue("Target");
    assertThat(target.get("Arn").toString())
        .contains(":scheduler:::aws-sdk:emrserverless:startJobRun");
    JsonNode input = new ObjectMapper().readTree(joined(target.get("Input")));
    assertThat(input.get("ClientToken").asText()).isEqualTo("<aws.scheduler.execution-id>");
    assertThat(input.at("/Tags/sparkgate:owner").asText()).isEqualTo("NightlyRole954B33E9.Arn");
  }

  @Test
  void saysWhatItWasNotTold() {
    assertThatThrownBy(
            () ->
                ScheduledJobRun.Builder.create(stack, "Nightly")
                    .application(application())
                    .executionRole(role)
                    .job(NIGHTLY)
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Stack/Nightly: schedule received nothing, but takes when it is started; call"
                + " schedule(…)");
    assertThatThrownBy(() -> EmrServerlessStartJobRun.Builder.create(stack, "Task").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Stack/Task: application received nothing, but takes the application that runs the"
                + " job; call application(…)");
  }

  @Test
  void letsAScheduleStartTheOneJobAndNothingElse() {
    schedule(application()).job(NIGHTLY).build();

    Synth.hasPolicy(
        stack,
        allow("emr-serverless:StartJobRun", arn(""), asMe("sparkgate:owner", "team")),
        allow("emr-serverless:TagResource", arn("/jobruns/*"), asMe("sparkgate:owner", "team")),
        allow(
            "iam:PassRole",
            stack.resolve(role.getRoleArn()),
            Map.of("StringEquals", Map.of("iam:PassedToService", "emr-serverless.amazonaws.com"))),
        allow(
            "sqs:SendMessage",
            Map.of("Fn::GetAtt", List.of("NightlyDeadLetterQueueB4B0FAA1", "Arn")),
            Map.of()));
  }

  @Test
  void letsRunsLogWhereTheyAreTold() {
    Key key = Key.Builder.create(stack, "Key").build();
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "App")
            .logs(Logs.managed().encryptionKey(key))
            .build();
    schedule(application)
        .job(
            SparkJob.batch("s3://jobs/sales.py")
                .logs(
                    Logs.managed()
                        .and(LogDestination.s3(Bucket.Builder.create(stack, "Logs").build())))
                .build())
        .build();

    assertThat(policies()).contains("s3:PutObject");
    Synth.hasStatement(
        stack,
        Map.of(
            "Action",
            List.of("kms:Decrypt", "kms:GenerateDataKey"),
            "Resource",
            stack.resolve(key.getKeyArn())));
  }

  @Test
  void refusesWhatOnlyStepFunctionsFillsIn() {
    EmrServerlessApplication application = application();
    for (SparkJob job :
        List.of(
            JOB,
            SparkJob.batch("s3://jobs/sales.py").name("{% $states.input.day %}").build(),
            SparkJob.batch("s3://jobs/sales.py")
                .arguments("--day", "{% $states.input.day %}")
                .build())) {
      ScheduledJobRun.Builder builder = schedule(application).job(job);
      assertThatThrownBy(builder::build)
          .hasMessage(
              "Stack/Nightly: job has '{% $states.input.day %}', but expressions are Step Functions'"
                  + " only, and a schedule sends this text as it is; use what EventBridge Scheduler"
                  + " fills in, such as <aws.scheduler.scheduled-time>, or a state machine with"
                  + " EmrServerlessStartJobRun");
      stack.getNode().tryRemoveChild("Nightly");
    }
  }

  @Test
  void letsServicesRoleAndStarterUseTheKeyOfTheJobsOwnLogs() {
    Key key = Key.Builder.create(stack, "Key").build();
    ScheduledJobRun nightly =
        schedule(application())
            .job(
                SparkJob.batch("s3://jobs/sales.py")
                    .logs(Logs.managed().encryptionKey(key))
                    .build())
            .build();

    Map<String, Object> use =
        allow(
            List.of("kms:Decrypt", "kms:GenerateDataKey"),
            stack.resolve(key.getKeyArn()),
            Map.of());
    List<String> users =
        Template.fromStack(stack)
            .findResources(
                "AWS::IAM::Policy",
                Match.objectLike(
                    Map.of(
                        "Properties",
                        Map.of(
                            "PolicyDocument", Map.of("Statement", Match.arrayWith(List.of(use)))))))
            .values()
            .stream()
            .map(policy -> policy.get("Properties").toString())
            .toList();
    assertThat(users)
        .hasSize(2)
        .anyMatch(policy -> policy.contains("Roles=[" + stack.resolve(role.getRoleName())))
        .anyMatch(
            policy -> policy.contains("Roles=[" + stack.resolve(nightly.getRole().getRoleName())));
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::KMS::Key",
            Map.of(
                "KeyPolicy",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        Match.arrayWith(
                            List.of(
                                Match.objectLike(
                                    Map.of(
                                        "Principal",
                                        Map.of("Service", "emr-serverless.amazonaws.com")))))))));
  }

  @Test
  void warnsOfAStreamingRunAtEachTime() {
    schedule(application()).job(SparkJob.streaming("s3://jobs/clicks.py").build()).build();

    assertThat(Synth.warnings(stack))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith("job is a streaming job, which never ends, so each time of the")
                    .endsWith("[ack: @sparkgate/constructs:streamingRunsPileUp]"));
  }
}
