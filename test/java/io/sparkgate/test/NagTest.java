package io.sparkgate.test;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.sparkgate.app.SparkConnectStack;
import io.sparkgate.app.SparkgateApp;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** The AwsSolutions rules of cdk-nag. What they find and we keep has its reason here. */
class NagTest {

  private static final String SESSIONS_HAVE_NO_IDS_YET =
      "Sessions are made at run time, so their ARNs can only be a pattern below this one"
          + " application; the owner tag or the persona's actions narrow it.";

  private static final String ONE_FUNCTION_IN_ANY_VERSION =
      "The CDK's grant to invoke a function names the function and its versions; the schedule"
          + " invokes a version where SnapStart is on.";

  private static final String THE_APPLICATION_WITH_THIS_TAG =
      "The policy must be there before the application has an id, and still hold for one that was"
          + " replaced; a condition narrows it to the applications with this stack's tag.";

  private static final String LIFECYCLE = "SparkConnect/Lifecycle/";
  private static final String PROVIDER = LIFECYCLE + "Provider/";

  private static final Map<String, String> WILDCARDS =
      Map.ofEntries(
          Map.entry("SparkConnect/Reaper/ScheduleRole/DefaultPolicy", ONE_FUNCTION_IN_ANY_VERSION),
          Map.entry("SparkConnect/Reaper/Role/DefaultPolicy", SESSIONS_HAVE_NO_IDS_YET),
          Map.entry("SparkConnect/Guard/ScheduleRole/DefaultPolicy", ONE_FUNCTION_IN_ANY_VERSION),
          Map.entry(LIFECYCLE + "Role/DefaultPolicy", THE_APPLICATION_WITH_THIS_TAG),
          Map.entry(LIFECYCLE + "AskingRole/DefaultPolicy", ONE_FUNCTION_IN_ANY_VERSION),
          Map.entry(LIFECYCLE + "WaitingRole/DefaultPolicy", ONE_FUNCTION_IN_ANY_VERSION),
          Map.entry(
              PROVIDER + "waiter-state-machine/Role/DefaultPolicy", ONE_FUNCTION_IN_ANY_VERSION),
          Map.entry("Developer/Role/DefaultPolicy", SESSIONS_HAVE_NO_IDS_YET),
          Map.entry("Operator/DefaultPolicy", SESSIONS_HAVE_NO_IDS_YET),
          Map.entry("Auditor/DefaultPolicy", SESSIONS_HAVE_NO_IDS_YET));

  /** Where the options are on that need them. */
  private static final Map<String, String> MORE_WILDCARDS =
      Map.of(
          LIFECYCLE + "EndWork",
          SESSIONS_HAVE_NO_IDS_YET,
          "TakeoverAlarm/Role/DefaultPolicy",
          SESSIONS_HAVE_NO_IDS_YET);

  private static final String THE_FUNCTION_TELLS_ITS_STEPS =
      "It only calls one function until that is done, and the function's log has a record of each"
          + " step; logging of its own would need permission on every log group.";

  @Test
  void findsNothingUnexplained(@TempDir Path directory) {
    App app = Synthesized.fullApp(directory);
    List<SparkConnectStack> stacks = SparkgateApp.addStacks(app);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    stacks.forEach(NagTest::explain);

    for (SparkConnectStack stack : stacks) {
      Annotations.fromStack(stack).hasNoError("*", Match.anyValue());
      Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }
  }

  private static void explain(SparkConnectStack stack) {
    explain(stack, WILDCARDS);
    if (stack.getStackName().endsWith("-full")) {
      explain(stack, MORE_WILDCARDS);
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

  private static void explain(SparkConnectStack stack, Map<String, String> wildcards) {
    wildcards.forEach(
        (path, reason) ->
            NagSuppressions.addResourceSuppressionsByPath(
                stack,
                "/" + stack.getNode().getPath() + "/" + path + "/Resource",
                List.of(
                    NagPackSuppression.builder().id("AwsSolutions-IAM5").reason(reason).build())));
  }
}
