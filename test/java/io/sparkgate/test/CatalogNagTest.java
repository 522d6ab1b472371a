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

/**
 * The AwsSolutions rules of cdk-nag on catalogs. What they find and we keep has its reason here.
 */
class CatalogNagTest {

  @Test
  void findsNothingUnexplained(@TempDir Path directory) {
    App app = Catalogs.app(directory);
    Aspects.of(app).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    Stack stack = (Stack) app.getNode().findChild(Catalogs.STACK);
    suppress(
        stack,
        "Role/Role/DefaultPolicy",
        wildcard(
            "arn:<AWS::Partition>:glue:<AWS::Region>:(<AWS::AccountId>|\\d{12}):"
                + "(table|userDefinedFunction)/.*\\*",
            "The tables that were granted by a pattern, and the functions of a database, which have"
                + " names of their own."),
        wildcard(
            "arn:<AWS::Partition>:s3:::my-lake/warehouse/\\*",
            "Objects of tables have names that Iceberg chooses."),
        wildcard(
            "arn:<AWS::Partition>:s3tables:<AWS::Region>:<AWS::AccountId>:bucket/tables/table/\\*",
            "The id of a table is not known beforehand; conditions name its namespace and name."),
        wildcard(
            "\\*", "Lake Formation knows no resource in IAM; its own grants name the tables."));
    for (String secret : List.of("User", "Password")) {
      suppress(
          stack,
          secret,
          NagPackSuppression.builder()
              .id("AwsSolutions-SMG4")
              .reason("The metastore's database would have to take part in a rotation.")
              .build());
    }

    Annotations.fromStack(stack).hasNoError("*", Match.anyValue());
    Annotations.fromStack(stack).hasNoWarning("*", Match.anyValue());
  }

  private static NagPackSuppression wildcard(String resource, String reason) {
    return NagPackSuppression.builder()
        .id("AwsSolutions-IAM5")
        .appliesTo(
            List.of(RegexAppliesTo.builder().regex("/^Resource::" + resource + "$/").build()))
        .reason(reason)
        .build();
  }

  private static void suppress(Stack stack, String path, NagPackSuppression... suppressions) {
    NagSuppressions.addResourceSuppressionsByPath(
        stack, "/" + stack.getNode().getPath() + "/" + path + "/Resource", List.of(suppressions));
  }
}
