package io.sparkgate.test;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import io.sparkgate.app.SparkgateApp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** The AwsSolutions rules of cdk-nag. What they find and we keep has its reason here. */
class NagTest {

  /** One finding, as a regular expression: a wildcard that is not listed fails the test. */
  private record Wildcard(String finding, String reason) {

    NagPackSuppression suppression() {
      return NagPackSuppression.builder()
          .id("AwsSolutions-IAM5")
          .appliesTo(
              List.of(RegexAppliesTo.builder().regex("/^Resource::" + finding + "$/").build()))
          .reason(reason)
          .build();
    }
  }

  private static final Wildcard SESSIONS = work("sessions");
  private static final Wildcard JOB_RUNS = work("jobruns");

  private static final Wildcard APPLICATIONS =
      new Wildcard(
          "arn:<AWS::Partition>:emr-serverless:"
              + "(<AWS::Region>:<AWS::AccountId>|[a-z0-9-]+:\\d{12}):/applications/\\*",
          "The policy must be there before the application has an id, and still hold for one that"
              + " was replaced; a condition narrows it to the applications with this stack's tag.");

  private static final String LIFECYCLE = "SparkConnect/Lifecycle/";
  private static final String PROVIDER = LIFECYCLE + "Provider/";

  private static final Map<String, List<Wildcard>> WILDCARDS =
      Map.ofEntries(
          Map.entry("SparkConnect/Reaper/ScheduleRole/DefaultPolicy", List.of(versions("Reaper"))),
          Map.entry("SparkConnect/Reaper/Role/DefaultPolicy", List.of(SESSIONS)),
          Map.entry("SparkConnect/Guard/ScheduleRole/DefaultPolicy", List.of(versions("Guard"))),
          Map.entry(LIFECYCLE + "Role/DefaultPolicy", List.of(APPLICATIONS)),
          Map.entry(LIFECYCLE + "AskingRole/DefaultPolicy", List.of(versions("Lifecycle"))),
          Map.entry(LIFECYCLE + "WaitingRole/DefaultPolicy", List.of(versions("Lifecycle"))),
          Map.entry(
              PROVIDER + "waiter-state-machine/Role/DefaultPolicy",
              List.of(
                  anyVersion("SparkConnectLifecycleProviderframeworkisComplete"),
                  anyVersion("SparkConnectLifecycleProviderframeworkonTimeout"))),
          Map.entry("Developer/Role/DefaultPolicy", List.of(SESSIONS)),
          Map.entry("Operator/DefaultPolicy", List.of(SESSIONS, JOB_RUNS)),
          Map.entry("Auditor/DefaultPolicy", List.of(SESSIONS, JOB_RUNS)));

  private static final String USAGE = "<SparkConnectMonitorUsageBucket[0-9A-F]{8}\\.Arn>/usage/";

  private static final Wildcard RECORDS =
      new Wildcard(
          USAGE + "\\*",
          "Records have the names of sessions that are yet to be; all below one prefix of a bucket"
              + " of their own.");

  private static final Map<String, List<Wildcard>> WILDCARDS_OF_MONITORING =
      Map.of(
          "SparkConnect/Monitor/ScheduleRole/DefaultPolicy",
          List.of(versions("Monitor")),
          "SparkConnect/Monitor/Role/DefaultPolicy",
          List.of(
              SESSIONS,
              JOB_RUNS,
              RECORDS,
              new Wildcard(
                  USAGE + "\\*/pool-\\*",
                  "The records of the warm pool, one an hour, of a month and a day."),
              new Wildcard("\\*", "IAM knows no less for ec2:DescribeSubnets.")),
          "BillReader/DefaultPolicy",
          List.of(RECORDS));

  private static final Map<String, List<Wildcard>> WILDCARDS_OF_JOBS =
      Map.of(
          "Submitter/Role/DefaultPolicy",
          List.of(JOB_RUNS),
          "SparkConnect/ExecutionRole/Role/DefaultPolicy",
          List.of(
              new Wildcard(
                  "<WordCountResultsBucket[0-9A-F]{8}\\.Arn>/\\*",
                  "A bucket of its own for what the sample writes, whose names Spark chooses.")));

  /** Where the options are on that need them. */
  private static final Map<String, List<Wildcard>> MORE_WILDCARDS =
      Map.of(
          LIFECYCLE + "EndWork",
          List.of(SESSIONS, JOB_RUNS),
          "TakeoverAlarm/Role/DefaultPolicy",
          List.of(SESSIONS));

  private static Wildcard work(String kind) {
    return new Wildcard(
        "<SparkConnectApplication[0-9A-F]{8}\\.Arn>/" + kind + "/\\*",
        "Sessions and job runs are made at run time, so their ARNs can only be a pattern below this"
            + " one application; the owner tag or the persona's actions narrow it.");
  }

  private static Wildcard versions(String construct) {
    return anyVersion("SparkConnect" + construct + "Function");
  }

  private static Wildcard anyVersion(String function) {
    return new Wildcard(
        "<" + function + "[0-9A-F]{8}\\.Arn>:\\*",
        "The CDK's grant to invoke a function names the function and its versions; the schedule"
            + " invokes a version where SnapStart is on.");
  }

  private static final String THE_FUNCTION_TELLS_ITS_STEPS =
      "It only calls one function until that is done, and the function's log has a record of each"
          + " step; logging of its own would need permission on every log group.";

  @Test
  void findsNothingUnexplained(@TempDir Path directory) {
    App app = Synthesized.fullApp(directory);
    List<Stack> stacks = SparkgateApp.addStacks(app);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    stacks.forEach(NagTest::explain);
    Stack pipeline = (Stack) app.getNode().findChild("SparkgatePipeline");
    PipelineFindings.explain(pipeline);

    for (Stack stack : Stream.concat(stacks.stream(), Stream.of(pipeline)).toList()) {
      Annotations.fromStack(stack).hasNoError("*", Match.anyValue());
      Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }
  }

  @Test
  void findsNothingUnexplainedInWhatStartsJobs(@TempDir Path directory) {
    App app = new App(AppProps.builder().outdir(directory.toString()).build());
    Stack stack = Variants.addJobs(app);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    String runs = "<Application[0-9A-F]{8}\\.Arn>/jobruns/\\*";
    List<Wildcard> ofRuns =
        List.of(
            new Wildcard(runs, "A run has no ARN before it starts; its owner's tag narrows it."));
    explain(
        stack,
        Map.of(
            "Nightly/Role/DefaultPolicy",
            ofRuns,
            "Machine/Role/DefaultPolicy",
            ofRuns,
            "Execution/Role/DefaultPolicy",
            List.of(
                new Wildcard(
                    "<ResultsBucket[0-9A-F]{8}\\.Arn>/\\*",
                    "A bucket of its own for what jobs write, whose names Spark chooses."))));
    explain(stack, "Machine/Resource", "It is the user's, who decides.", "SF1", "SF2");
    explain(stack, "Results/Bucket/Resource", "Access logs need a bucket of the user's.", "S1");
    explain(stack, "Nightly/DeadLetterQueue/Resource", "It is the dead-letter queue.", "SQS3");

    Annotations.fromStack(stack).hasNoError("*", Match.anyValue());
  }

  @Test
  void findsNothingUnexplainedInAMonitorAlone(@TempDir Path directory) {
    App app = new App(AppProps.builder().outdir(directory.toString()).build());
    Stack stack = Variants.addMonitor(app);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    String application = "<Application[0-9A-F]{8}\\.Arn>/";
    String usage = "<UsageBucket[0-9A-F]{8}\\.Arn>/usage/\\*";
    Wildcard records = new Wildcard(usage, "Records of sessions that are yet to be.");
    Wildcard sessions = new Wildcard(application + "sessions/\\*", "They are made at run time.");
    explain(
        stack,
        Map.of(
            "Monitor/Role/DefaultPolicy",
            List.of(
                records,
                new Wildcard(usage + "/pool-\\*", "Those of the warm pool."),
                sessions,
                new Wildcard(application + "jobruns/\\*", "They are made at run time.")),
            "Monitor/ScheduleRole/DefaultPolicy",
            List.of(anyVersion("MonitorFunction")),
            "Reaper/Role/DefaultPolicy",
            List.of(sessions),
            "Reaper/ScheduleRole/DefaultPolicy",
            List.of(anyVersion("ReaperFunction")),
            "People/DefaultPolicy",
            List.of(records)));
    explain(stack, "Usage/Bucket/Resource", "Access logs need a bucket of the user's.", "S1");

    Annotations.fromStack(stack).hasNoError("*", Match.anyValue());
  }

  private static void explain(Stack stack, String path, String reason, String... rules) {
    NagSuppressions.addResourceSuppressionsByPath(
        stack,
        "/" + stack.getNode().getPath() + "/" + path,
        Stream.of(rules)
            .map(
                rule ->
                    NagPackSuppression.builder().id("AwsSolutions-" + rule).reason(reason).build())
            .toList());
  }

  private static void explain(Stack stack) {
    explain(stack, WILDCARDS);
    if (stack.getStackName().endsWith("-full")) {
      explain(stack, MORE_WILDCARDS);
    }
    if (!stack.getStackName().endsWith("-prod")) {
      explain(stack, WILDCARDS_OF_MONITORING);
      explain(
          stack,
          "SparkConnect/Monitor/Usage/Bucket/Resource",
          "Access logs need a bucket that somebody names; give the store one that has them.",
          "S1");
      explain(stack, WILDCARDS_OF_JOBS);
      NagSuppressions.addResourceSuppressionsByPath(
          stack,
          "/" + stack.getNode().getPath() + "/WordCount/Results/Bucket/Resource",
          List.of(
              NagPackSuppression.builder()
                  .id("AwsSolutions-S1")
                  .reason("Access logs need a bucket that somebody names; a sample has no data.")
                  .build()));
    }
    NagSuppressions.addResourceSuppressionsByPath(
        stack,
        "/" + stack.getNode().getPath() + "/" + PROVIDER + "waiter-state-machine/Resource",
        Stream.of("AwsSolutions-SF1", "AwsSolutions-SF2")
            .map(
                id ->
                    NagPackSuppression.builder()
                        .id(id)
                        .reason(THE_FUNCTION_TELLS_ITS_STEPS)
                        .build())
            .toList());
  }

  private static void explain(Stack stack, Map<String, List<Wildcard>> wildcards) {
    wildcards.forEach(
        (path, kept) ->
            NagSuppressions.addResourceSuppressionsByPath(
                stack,
                "/" + stack.getNode().getPath() + "/" + path + "/Resource",
                kept.stream().map(Wildcard::suppression).toList()));
  }
}
