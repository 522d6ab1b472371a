package io.sparkgate.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.serverless.CapacityLimit;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.EmrServerlessApplicationAttributes;
import io.sparkgate.serverless.IEmrServerlessApplication;
import io.sparkgate.serverless.LogDestination;
import io.sparkgate.serverless.Logs;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.TimeZone;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.scheduler.CronOptionsWithTimezone;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.IntegrationPattern;
import software.amazon.awscdk.services.stepfunctions.StateMachine;

class StartedByMachinesTest {

  private static final SparkJob JOB =
      SparkJob.batch("s3://jobs/sales.py")
          .arguments("{% $states.input.day %}")
          .tag("team", "red")
          .build();
  private static final ScheduleExpression AT_THREE =
      ScheduleExpression.cron(
          CronOptionsWithTimezone.builder()
              .minute("0")
              .hour("3")
              .timeZone(TimeZone.EUROPE_BERLIN)
              .build());

  private final Stack stack =
      new Stack(
          new App(),
          "Stack",
          StackProps.builder()
              .env(Environment.builder().account("111122223333").region("eu-west-1").build())
              .build());
  private final IRole role =
      SessionExecutionRole.Builder.create(stack, "Execution").build().getRole();

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

  @Test
  void startsARunByTheClockOnceHoweverOftenItIsTried() throws Exception {
    ScheduledJobRun nightly = schedule(application()).job(JOB).build();

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
  void letsAScheduleStartTheOneJobAndNothingElse() {
    schedule(application()).job(JOB).build();

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
  void warnsOfAStreamingRunAtEachTime() {
    schedule(application()).job(SparkJob.streaming("s3://jobs/clicks.py").build()).build();

    assertThat(Synth.warnings(stack))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith("job is a streaming job, which never ends, so each time of the")
                    .endsWith("[ack: @sparkgate/constructs:streamingRunsPileUp]"));
  }

  @Test
  void refusesAnApplicationElsewhere() {
    IEmrServerlessApplication elsewhere =
        EmrServerlessApplication.fromApplicationAttributes(
            stack,
            "Theirs",
            EmrServerlessApplicationAttributes.builder()
                .applicationId("00f1cb5c6anuij25")
                .account("999988887777")
                .build());

    assertThatThrownBy(() -> schedule(elsewhere).job(JOB).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Stack/Nightly: application Stack/Theirs is in 999988887777/eu-west-1, but what starts"
                + " the job in 111122223333/eu-west-1, and EMR Serverless has no resource policies"
                + " to let it in; make both in one account and Region");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "spark.executor.cores | 0 | conf: spark.executor.cores is '0', which job runs cannot use;"
            + " use a whole number of at least 1",
        "spark.executor.memory | 100g | conf: the job needs at least 20 vCPU / 128 GB / 40 GB disk for"
            + " its driver and one executor, but capacityLimit of the application is 16 vCPU / 64"
            + " GB / 320 GB disk; ask for less, or raise the limit",
        "spark.executorEnv.JAVA_HOME | /usr/lib/jvm/java-17-amazon-corretto.aarch64 |"
            + " 'spark.executorEnv.JAVA_HOME' is"
            + " '/usr/lib/jvm/java-17-amazon-corretto.aarch64', but architecture is X86_64; use"
            + " the Java of that architecture"
      })
  void refusesWhatTheApplicationCannotRun(String key, String value, String message) {
    SparkJob job = SparkJob.batch("s3://jobs/sales.py").conf(key, value).build();

    assertThatThrownBy(() -> task(application()).job(job).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Stack/Job: " + message);
  }

  @ParameterizedTest
  @CsvSource({
    "spark.executor.instances, 10, jobExceedsLimit",
    "spark.jars, s3://jobs/own.jar, jobReplacesLists",
    "spark.hadoop.my.password, x, plainTextSecret"
  })
  void warnsOfWhatIsProbablyWrong(String key, String value, String id) {
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "App")
            .sparkDefaults(Map.of("spark.jars", "/usr/share/aws/iceberg/lib/iceberg.jar"))
            .build();

    stateMachine(
        task(application)
            .job(SparkJob.batch("s3://jobs/sales.py").conf(key, value).build())
            .build());

    assertThat(Synth.warnings(stack))
        .anySatisfy(warning -> assertThat(warning).contains("@sparkgate/constructs:" + id));
  }

  @Test
  void warnsOfWorkersThatAreLargerThanAllKnown() {
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "App")
            .capacityLimit(CapacityLimit.of(400, 2_000, 4_000).withinQuota(400))
            .build();

    stateMachine(
        task(application)
            .job(SparkJob.batch("s3://jobs/a.py").conf("spark.driver.memory", "200g").build())
            .build());

    assertThat(Synth.warnings(stack))
        .anySatisfy(warning -> assertThat(warning).contains("unknownWorkerSize"));
  }

  private EmrServerlessApplication application() {
    return EmrServerlessApplication.Builder.create(stack, "App").build();
  }

  private EmrServerlessStartJobRun.Builder task(IEmrServerlessApplication application) {
    return EmrServerlessStartJobRun.Builder.create(stack, "Job")
        .application(application)
        .executionRole(role);
  }

  private ScheduledJobRun.Builder schedule(IEmrServerlessApplication application) {
    return ScheduledJobRun.Builder.create(stack, "Nightly")
        .application(application)
        .executionRole(role)
        .schedule(AT_THREE);
  }

  private void stateMachine(EmrServerlessStartJobRun task) {
    StateMachine.Builder.create(stack, "Machine")
        .definitionBody(DefinitionBody.fromChainable(task))
        .build();
  }

  private String policies() {
    return Template.fromStack(stack).findResources("AWS::IAM::Policy").toString();
  }

  private JsonNode definition() throws Exception {
    JsonNode machines =
        json(Template.fromStack(stack).findResources("AWS::StepFunctions::StateMachine"));
    return new ObjectMapper().readTree(joined(machines.findValue("DefinitionString")));
  }

  /** A text with the names of resources in the place of their attributes. */
  private static String joined(JsonNode text) {
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

  private Map<String, Object> allow(Object action, Object on, Map<String, Object> condition) {
    return condition.isEmpty()
        ? Map.of("Action", action, "Effect", "Allow", "Resource", on)
        : Map.of("Action", action, "Effect", "Allow", "Resource", on, "Condition", condition);
  }

  private static Object arn(String suffix) {
    Map<String, Object> arn = Map.of("Fn::GetAtt", List.of("AppF1B96344", "Arn"));
    return suffix.isEmpty() ? arn : Map.of("Fn::Join", List.of("", List.of(arn, suffix)));
  }

  private static Map<String, Object> asMe(String... keys) {
    return Map.of(
        "StringEquals",
        Map.of("aws:RequestTag/sparkgate:owner", "${aws:PrincipalArn}"),
        "ForAllValues:StringEquals",
        Map.of("aws:TagKeys", List.of(keys)));
  }

  private static JsonNode json(Object value) {
    return new ObjectMapper().valueToTree(value);
  }
}
