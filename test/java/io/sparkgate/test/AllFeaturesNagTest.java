package io.sparkgate.test;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/** The AwsSolutions rules over all features. What they find and we keep has its reason here. */
class AllFeaturesNagTest {

  private static final String BELOW =
      "Sessions and job runs are made at run time, so their ARNs can only be a pattern below this"
          + " one application.";

  @Test
  void findsNothingUnexplained(@TempDir Path directory) {
    App app = AllFeatures.app(directory);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    Stack sessions = (Stack) app.getNode().findChild(AllFeatures.WITH_SESSIONS);
    Stack batch = (Stack) app.getNode().findChild(AllFeatures.WITHOUT_SESSIONS);
    explainSessions(sessions);
    explainBatch(batch);

    for (Stack stack : List.of(sessions, batch)) {
      Annotations.fromStack(stack).hasNoError("*", Match.anyValue());
      Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
    }
  }

  private static void explainSessions(Stack stack) {
    suppress(
        stack,
        "Logs/Bucket",
        rule("S1", "It is a bucket of logs itself; CloudTrail's data events say who reads them."));
    suppress(
        stack,
        "Developers/Role/DefaultPolicy",
        wildcard("<Application.*\\.Arn>/sessions/\\*", BELOW));
    suppress(stack, "Livy/DefaultPolicy", wildcard("<Application.*\\.Arn>/jobruns/\\*", BELOW));
    suppress(
        stack,
        "ExecutionRole/Role/DefaultPolicy",
        wildcard("<LogsBucket.*\\.Arn>/\\*", "Logs are objects that the service names."),
        wildcard(
            "arn:<AWS::Partition>:logs:eu-west-1:111122223333:\\*",
            "IAM checks a list of log groups against all of them."));
  }

  private static void explainBatch(Stack stack) {
    suppress(stack, "LakeReaders/DefaultPolicy", wildcard("<Lake.*\\.Arn>/jobruns/\\*", BELOW));
    suppress(
        stack,
        "LakeRole/Role/DefaultPolicy",
        wildcard("\\*", "GetDataAccess has no resource that IAM knows."),
        wildcard(
            "arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>:.*\\*",
            "Lake Formation says which of the catalog's tables the role may read."));
    suppress(
        stack,
        "HiveRole/Role/DefaultPolicy",
        wildcard(
            "<Tables.*\\.Arn>/(scratch|warehouse)/\\*",
            "Files of tables are objects that Hive names, below two folders."));
  }

  private static void suppress(Stack stack, String path, NagPackSuppression... kept) {
    NagSuppressions.addResourceSuppressionsByPath(
        stack, "/" + stack.getNode().getPath() + "/" + path + "/Resource", List.of(kept));
  }

  private static NagPackSuppression rule(String id, String reason) {
    return NagPackSuppression.builder().id("AwsSolutions-" + id).reason(reason).build();
  }

  private static NagPackSuppression wildcard(String resource, String reason) {
    return NagPackSuppression.builder()
        .id("AwsSolutions-IAM5")
        .appliesTo(
            List.of(RegexAppliesTo.builder().regex("/^Resource::" + resource + "$/").build()))
        .reason(reason)
        .build();
  }
}
