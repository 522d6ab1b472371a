package io.sparkgate.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.function.reaper.sweep.ReaperHandler;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.serverless.IEmrServerlessApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.logs.RetentionDays;

class IdleSessionReaperTest {

  private static final String FUNCTION = "AWS::Lambda::Function";

  private final Stack stack = new Stack();
  private final IEmrServerlessApplication application =
      EmrServerlessApplication.fromApplicationId(stack, "Application", "00f1cb5c6anuij25");

  @Test
  void sweepsEveryFiveMinutes() {
    reaper().build();

    template()
        .hasResourceProperties(
            "AWS::Scheduler::Schedule", Map.of("ScheduleExpression", "rate(5 minutes)"));
  }

  @Test
  void runsTheHandlerThatShipsWithTheLibrary() {
    reaper().build();

    template()
        .hasResourceProperties(
            FUNCTION,
            Map.of(
                "Handler", ReaperHandler.class.getName(),
                "Runtime", "java25",
                "Architectures", List.of("arm64")));
  }

  @Test
  void neverRunsTwoSweepsAtOnceNorRepeatsOne() {
    reaper().build();

    template().hasResourceProperties(FUNCTION, Map.of("ReservedConcurrentExecutions", 1));
    template()
        .hasResourceProperties(
            "AWS::Lambda::EventInvokeConfig",
            Map.of("MaximumRetryAttempts", 0, "MaximumEventAgeInSeconds", 300));
  }

  @Test
  void handsThePolicyToTheFunctionAsOneDocument() {
    reaper()
        .idlePolicy(
            IdlePolicy.terminateAfter(Duration.minutes(30))
                .limitByTag(Duration.minutes(15), Duration.hours(2))
                .maxAge(Duration.hours(12))
                .startingLimit(Duration.minutes(20))
                .unusedLimit(Duration.hours(1))
                .maxTerminations(10)
                .dryRun())
        .build();

    assertThat(configuration())
        .isEqualTo(
            "{\"applications\":[\"00f1cb5c6anuij25\"],\"idleMinutes\":30,"
                + "\"idleTag\":{\"key\":\"sparkgate:idle-minutes\",\"minMinutes\":15,\"maxMinutes\":120},"
                + "\"keepTag\":\"sparkgate:keep-until\",\"maxAgeMinutes\":720,\"startingMinutes\":20,"
                + "\"unusedMinutes\":60,\"maxTerminations\":10,\"dryRun\":true,"
                + "\"rates\":{\"listSessions\":{\"perSecond\":0.5,\"burst\":12},"
                + "\"getSession\":{\"perSecond\":5,\"burst\":25},"
                + "\"terminateSession\":{\"perSecond\":0.5,\"burst\":12}}}");
  }

  @Test
  void terminatesAfterAnHourUnlessSaidOtherwise() {
    reaper().build();

    assertThat(configuration())
        .isEqualTo(
            "{\"applications\":[\"00f1cb5c6anuij25\"],\"idleMinutes\":60,"
                + "\"keepTag\":\"sparkgate:keep-until\",\"startingMinutes\":30,"
                + "\"maxTerminations\":25,\"dryRun\":false,"
                + "\"rates\":{\"listSessions\":{\"perSecond\":0.5,\"burst\":12},"
                + "\"getSession\":{\"perSecond\":5,\"burst\":25},"
                + "\"terminateSession\":{\"perSecond\":0.5,\"burst\":12}}}");
  }

  @Test
  void handsThePolicyOfJobRunsToTheSameFunction() {
    reaper()
        .jobRunPolicy(
            JobRunPolicy.none()
                .stuckAfter(Duration.minutes(30))
                .streamingAfter(Duration.hours(12))
                .batchAfter(Duration.days(1))
                .unlessTagged("team", "billing")
                .maxCancellations(5)
                .dryRun())
        .requestRates(RequestRates.share(50).getJobRun(20, 10))
        .build();

    assertThat(configuration())
        .endsWith(
            ",\"jobRuns\":{\"stuckMinutes\":30,\"streamingMinutes\":720,\"batchMinutes\":1440,"
                + "\"unlessTagged\":[{\"key\":\"team\",\"value\":\"billing\"}],"
                + "\"maxCancellations\":5,\"dryRun\":true,"
                + "\"rates\":{\"listJobRuns\":{\"perSecond\":0.5,\"burst\":12},"
                + "\"getJobRun\":{\"perSecond\":10,\"burst\":5},"
                + "\"cancelJobRun\":{\"perSecond\":0.5,\"burst\":12}}}}");
    assertThat(configuration()).contains("\"dryRun\":false,\"rates\":{\"listSessions\"");
  }

  @Test
  void mayListReadAndCancelJobRunsWhereAPolicyAsksForIt() {
    reaper().jobRunPolicy(JobRunPolicy.none().stuckAfter(Duration.hours(1))).build();

    assertThat(actions("emr-serverless:"))
        .containsExactlyInAnyOrder(
            "emr-serverless:ListSessions",
            "emr-serverless:GetSession",
            "emr-serverless:TerminateSession",
            "emr-serverless:ListJobRuns",
            "emr-serverless:GetJobRun",
            "emr-serverless:CancelJobRun");
  }

  @Test
  void watchesEveryApplicationItIsGiven() {
    IEmrServerlessApplication other =
        EmrServerlessApplication.fromApplicationId(stack, "Other", "00f2");
    reaper().watch(other).watch(application).build();

    assertThat(configuration()).contains("[\"00f1cb5c6anuij25\",\"00f2\"]");
    assertThat(statements().toString()).contains(":/applications/00f2/sessions/*");
  }

  @Test
  void canListReadAndTerminateButNeverConnect() {
    reaper().build();

    assertThat(actions("emr-serverless:"))
        .containsExactlyInAnyOrder(
            "emr-serverless:ListSessions",
            "emr-serverless:GetSession",
            "emr-serverless:TerminateSession");
  }

  @Test
  void holdsNoOtherPermissionThanItsLogAndItsDeadLetterQueue() {
    reaper().build();

    assertThat(actions(""))
        .filteredOn(action -> !action.startsWith("emr-serverless:"))
        .containsExactlyInAnyOrder(
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "sqs:SendMessage",
            "lambda:InvokeFunction");
    template()
        .allResourcesProperties("AWS::IAM::Role", Map.of("ManagedPolicyArns", Match.absent()));
  }

  @Test
  void keepsFailedSweepsInAnEncryptedQueue() {
    reaper().build();

    template()
        .hasResourceProperties(
            "AWS::SQS::Queue",
            Map.of("SqsManagedSseEnabled", true, "MessageRetentionPeriod", 1209600));
    template()
        .hasResourceProperties(
            FUNCTION, Map.of("DeadLetterConfig", Map.of("TargetArn", Match.anyValue())));
    template()
        .hasResourceProperties(
            "AWS::Scheduler::Schedule",
            Map.of(
                "Target",
                Match.objectLike(Map.of("DeadLetterConfig", Map.of("Arn", Match.anyValue())))));
  }

  @Test
  void keepsItsDecisionsForThreeMonthsUnlessSaidOtherwise() {
    reaper().build();
    IdleSessionReaper.Builder.create(stack, "Brief")
        .watch(application)
        .logRetention(RetentionDays.ONE_WEEK)
        .build();

    template().hasResourceProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 90));
    template().hasResourceProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 7));
  }

  @Test
  void startsFromASnapshotWhereAskedTo() {
    reaper().snapStart(true).build();

    template()
        .hasResourceProperties(
            FUNCTION,
            Map.of(
                "SnapStart",
                Map.of("ApplyOn", "PublishedVersions"),
                "Environment",
                Map.of(
                    "Variables",
                    Match.objectLike(Map.of("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")))));
    template()
        .hasResourceProperties(
            "AWS::Scheduler::Schedule",
            Map.of(
                "Target",
                Match.objectLike(
                    Map.of(
                        "Arn",
                        Map.of("Ref", Match.stringLikeRegexp("FunctionCurrentVersion.*"))))));
  }

  @Test
  void neverRepeatsASweepOfASnapshotEither() {
    reaper().snapStart(true).build();

    template()
        .hasResourceProperties(
            "AWS::Lambda::EventInvokeConfig",
            Map.of(
                "Qualifier", Map.of("Fn::GetAtt", Match.anyValue()),
                "MaximumRetryAttempts", 0,
                "MaximumEventAgeInSeconds", 300));
  }

  private IdleSessionReaper.Builder reaper() {
    return IdleSessionReaper.Builder.create(stack, "Reaper").watch(application);
  }

  private Template template() {
    return Template.fromStack(stack);
  }

  private String configuration() {
    return json(template().findResources(FUNCTION)).findValue("SPARKGATE_REAPER").asText();
  }

  private List<JsonNode> statements() {
    List<JsonNode> statements = new ArrayList<>();
    json(template().findResources("AWS::IAM::Policy"))
        .findValues("Statement")
        .forEach(list -> list.forEach(statements::add));
    return statements;
  }

  private List<String> actions(String prefix) {
    List<String> actions = new ArrayList<>();
    for (JsonNode statement : statements()) {
      JsonNode action = statement.get("Action");
      if (action.isArray()) {
        action.forEach(one -> actions.add(one.asText()));
      } else {
        actions.add(action.asText());
      }
    }
    return actions.stream().filter(action -> action.startsWith(prefix)).distinct().toList();
  }

  private static JsonNode json(Object value) {
    return new ObjectMapper().valueToTree(value);
  }
}
