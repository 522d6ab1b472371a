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

/** The AwsSolutions rules of cdk-nag on a role that may use every source of data. */
class SourceNagTest {

  @Test
  void findsNothingUnexplained(@TempDir Path directory) {
    App app = Sources.app(directory);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    Stack stack = (Stack) app.getNode().findChild(Sources.STACK);
    NagSuppressions.addResourceSuppressionsByPath(
        stack,
        "/%s/Execution/DefaultPolicy/Resource".formatted(Sources.STACK),
        List.of(
            wildcard(
                "arn:aws:s3:::sales/(2026/|redshift/)?\\*",
                "Objects below a folder have names that Spark chooses."),
            wildcard(
                "arn:aws:kinesis:.*:stream/clicks/consumer/spark:\\*",
                "The time of its registration is part of a consumer's ARN."),
            wildcard(
                "arn:aws:kafka:.*:group/events/0a1b-1/spark-kafka-\\*",
                "Spark makes up the names of its readers' groups.")));

    Annotations.fromStack(stack).hasNoError("*", Match.anyValue());
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
