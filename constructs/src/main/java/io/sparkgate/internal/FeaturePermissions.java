package io.sparkgate.internal;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.IGrantable;

/** What an execution role must be allowed for features of Spark. */
public final class FeaturePermissions {

  private FeaturePermissions() {}

  /** Lets a role write metrics to one workspace of Prometheus. */
  public static Grant grantWritingMetrics(IGrantable executionRole, String workspaceArn) {
    return Statement.allow(List.of("aps:RemoteWrite")).on(workspaceArn).grantTo(executionRole);
  }

  /**
   * Lets a role ask Lake Formation for data, which answers by what it was told itself, and read
   * what the catalog says of it.
   */
  public static Grant grantAsking(IGrantable executionRole) {
    return Statement.allow(List.of("lakeformation:GetDataAccess"))
        // The action has no resources; Lake Formation looks at each table itself.
        .on("*")
        .grantTo(executionRole)
        .combine(reading(List.of(), "GetDatabase", "GetDatabases").grantTo(executionRole))
        .combine(
            reading(List.of("table/*/*"), "GetPartition", "GetPartitions", "GetTable", "GetTables")
                .grantTo(executionRole))
        .combine(
            reading(List.of("userDefinedFunction/*/*"), "GetUserDefinedFunctions")
                .grantTo(executionRole));
  }

  /** Glue asks for an action on each resource from the catalog down to what is read. */
  private static Statement reading(List<String> below, String... actions) {
    return Statement.allow(Stream.of(actions).map(action -> "glue:" + action).toList())
        .on(
            Stream.concat(Stream.of("catalog", "database/*"), below.stream())
                .map(FeaturePermissions::glue)
                .toList());
  }

  private static String glue(String resource) {
    return "arn:%s:glue:%s:%s:%s".formatted(Aws.PARTITION, Aws.REGION, Aws.ACCOUNT_ID, resource);
  }
}
