package io.sparkgate.test;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import io.github.cdklabs.cdknag.RegexAppliesTo;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;

/**
 * The AwsSolutions rules of cdk-nag on warm hours, dashboards, alarms and queries. What they find
 * and we keep has its reason here.
 */
class LooksNagTest {

  @Test
  void findsNothingUnexplained(@TempDir Path directory) {
    App app = Looks.app(directory);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    List<Stack> stacks =
        Looks.STACKS.stream().map(id -> (Stack) app.getNode().findChild(id)).toList();
    Stack nested = (NestedStack) stacks.get(1).getNode().findChild("Nested");
    for (Stack stack : Stream.concat(stacks.stream(), Stream.of(nested)).toList()) {
      NagSuppressions.addStackSuppressions(
          stack,
          List.of(
              wildcard(
                  "<(WarmHours|Monitor)Function[0-9A-F]{8}\\.Arn>:\\*",
                  "The CDK's grant to invoke a function names the function and its versions."),
              wildcard(
                  ".*/applications/00f1cb5c6anuij25/(sessions|jobruns)/\\*",
                  "They are made at run time, below this one application."),
              wildcard(
                  ".*Application.*/(sessions|jobruns)/\\*",
                  "They are made at run time, below this one application.")));
    }

    for (Stack stack : stacks) {
      Annotations.fromStack(stack).hasNoError("*", Match.anyValue());
      Annotations.fromStack(stack).hasNoWarning("*", Match.stringLikeRegexp("^AwsSolutions"));
    }
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
