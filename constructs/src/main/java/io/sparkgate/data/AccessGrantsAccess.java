package io.sparkgate.data;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import io.sparkgate.internal.SourcePermissions;
import io.sparkgate.internal.Statement;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.FeatureTarget;
import java.util.Arrays;
import java.util.List;
import software.amazon.awscdk.Aws;

/** Spark asks S3 Access Grants for credentials that fit a place, and S3 for nothing else. */
final class AccessGrantsAccess extends SourceAccess {

  private final List<String> instanceArns;

  private AccessGrantsAccess(List<String> instanceArns) {
    super("DataSource.accessGrants");
    this.instanceArns = instanceArns;
  }

  /** The one instance that an account has in a Region, here that of the application. */
  static AccessGrantsAccess own() {
    return new AccessGrantsAccess(
        List.of(
            "arn:%s:s3:%s:%s:access-grants/default"
                .formatted(Aws.PARTITION, Aws.REGION, Aws.ACCOUNT_ID)));
  }

  static AccessGrantsAccess of(String... instanceArns) {
    if (instanceArns.length == 0) {
      throw new IllegalArgumentException(
          "DataSource.accessGrants received no ARN, but takes one or more; leave the list out for the application's own account");
    }
    return new AccessGrantsAccess(
        Arrays.stream(instanceArns)
            .map(
                arn ->
                    Arns.require(
                        "DataSource.accessGrants",
                        arn,
                        "arn:[a-z-]+:s3:[a-z0-9-]+:\\d{12}:access-grants/default",
                        "arn:aws:s3:eu-west-1:111122223333:access-grants/default"))
            .toList());
  }

  @Override
  List<Statement> statements() {
    return SourcePermissions.accessGrants(instanceArns);
  }

  @Override
  String since() {
    return "emr-6.15.0";
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    return List.of(
        Classification.of(
            "spark-defaults",
            Ordered.map(
                entry("spark.hadoop.fs.s3.s3AccessGrants.enabled", "true"),
                entry("spark.hadoop.fs.s3.s3AccessGrants.fallbackToIAM", "false"))));
  }
}
