package io.sparkgate.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.services.stepfunctions.IntegrationPattern;

class EmrServerlessStartJobRunTest extends StartedByMachine {

  @Test
  void letsAStateMachineStartWaitForAndCancelItsOwnRunsOfTheOneJob() {
    stateMachine(task(application()).job(JOB).build());

    Synth.hasPolicy(
        stack,
        allow("emr-serverless:StartJobRun", arn(""), asMe("sparkgate:owner", "team")),
        allow("emr-serverless:TagResource", arn("/jobruns/*"), asMe("sparkgate:owner", "team")),
        allow(
            "iam:PassRole",
            stack.resolve(role.getRoleArn()),
            Map.of("StringEquals", Map.of("iam:PassedToService", "emr-serverless.amazonaws.com"))),
        allow(
            List.of("emr-serverless:CancelJobRun", "emr-serverless:GetJobRun"),
            arn("/jobruns/*"),
            Map.of(
                "StringEquals", Map.of("aws:ResourceTag/sparkgate:owner", "${aws:PrincipalArn}"))),
        Map.of(
            "Action",
            List.of("events:DescribeRule", "events:PutRule", "events:PutTargets"),
            "Effect",
            "Allow",
            "Resource",
            Map.of(
                "Fn::Join",
                List.of(
                    "",
                    List.of(
                        "arn:",
                        Map.of("Ref", "AWS::Partition"),
                        ":events:eu-west-1:111122223333:rule/StepFunctionsGetEventsForEMRServerlessJobRule")))));
  }

  @Test
  void saysWhatAndWhoseTheRunIsWhenTheTaskRuns() throws Exception {
    stateMachine(task(application()).job(JOB).build());

    JsonNode state = definition().at("/States/Job");

    assertThat(state.get("QueryLanguage").asText()).isEqualTo("JSONata");
    assertThat(state.get("Resource").asText())
        .isEqualTo("arn:aws:states:::emr-serverless:startJobRun.sync");
    JsonNode arguments = state.get("Arguments");
    assertThat(arguments.at("/Tags/sparkgate:owner").asText())
        .isEqualTo("{% $states.context.Execution.RoleArn %}");
    assertThat(arguments.at("/Tags/team").asText()).isEqualTo("red");
    assertThat(arguments.at("/JobDriver/SparkSubmit/EntryPointArguments/0").asText())
        .isEqualTo("{% $states.input.day %}");
    assertThat(arguments.get("ApplicationId").asText()).isEqualTo("AppF1B96344.ApplicationId");
  }

  @Test
  void leavesARunAloneThatNobodyWaitsFor() throws Exception {
    stateMachine(
        task(application())
            .job(SparkJob.streaming("s3://jobs/clicks.py").build())
            .integrationPattern(IntegrationPattern.REQUEST_RESPONSE)
            .build());

    assertThat(definition().at("/States/Job/Resource").asText())
        .isEqualTo("arn:aws:states:::emr-serverless:startJobRun");
    assertThat(policies()).doesNotContain("events:PutRule", "emr-serverless:CancelJobRun");
  }

  @Test
  void refusesToWaitForWhatNeverEnds() {
    EmrServerlessApplication application = application();
    assertThatThrownBy(
            () -> task(application).job(SparkJob.streaming("s3://jobs/clicks.py").build()).build())
        .hasMessage(
            "Stack/Job: job is a streaming job, which never ends, so the task would wait for ever;"
                + " use integrationPattern(IntegrationPattern.REQUEST_RESPONSE)");
    assertThatThrownBy(
            () -> task(application).integrationPattern(IntegrationPattern.WAIT_FOR_TASK_TOKEN))
        .hasMessage(
            "Stack/Job: integrationPattern received WAIT_FOR_TASK_TOKEN, but EMR Serverless hands"
                + " no token back; use RUN_JOB to wait for the end, or REQUEST_RESPONSE");
  }
}
