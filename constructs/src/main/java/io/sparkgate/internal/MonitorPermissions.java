package io.sparkgate.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that the session monitor may do, and what those may who read bills or ask why a session
 * ended. Actions and the resources of each are those of the Service Authorization References.
 */
public final class MonitorPermissions {

  private MonitorPermissions() {}

  /**
   * The monitor lists and reads sessions and job runs; it connects to none and starts none.
   *
   * @param ends whether it ends sessions, as only enforced limits of owners have it
   */
  public static List<Statement> monitor(List<ApplicationArn> applications, boolean ends) {
    List<Statement> statements = new ArrayList<>();
    statements.addAll(
        Statement.onEach(
            applications.stream().map(ApplicationArn::itself).toList(),
            () -> allow("GetApplication", "ListJobRuns", "ListSessions")));
    statements.addAll(
        Statement.onEach(
            applications.stream().map(ApplicationArn::sessions).toList(),
            () -> ends ? allow("GetSession", "TerminateSession") : allow("GetSession")));
    statements.addAll(
        Statement.onEach(
            applications.stream().map(ApplicationArn::jobRuns).toList(), () -> allow("GetJobRun")));
    return statements;
  }

  /** A function tells what happened on one bus. */
  public static List<Statement> telling(String eventBusArn) {
    return List.of(Statement.allow(List.of("events:PutEvents")).on(eventBusArn));
  }

  /** IAM knows no less than all subnets. */
  public static List<Statement> seeingSubnets() {
    return List.of(Statement.allow(List.of("ec2:DescribeSubnets")).on("*"));
  }

  /**
   * The monitor writes records, and reads again only those of the warm pool, to which it adds. To
   * whoever may not list the bucket S3 does not say that there is none yet.
   *
   * @param bucket the ARN of the bucket
   * @param records the ARN of all records
   * @param ofPools the ARN of those of warm pools
   */
  public static List<Statement> recording(String bucket, String records, String ofPools) {
    return List.of(
        Statement.allow(List.of("s3:PutObject")).on(records),
        Statement.allow(List.of("s3:GetObject")).on(ofPools),
        Statement.allow(List.of("s3:ListBucket")).on(bucket));
  }

  /**
   * Whoever reads bills finds and reads all records, by the bucket or by the table.
   *
   * @param bucket the ARN of the bucket
   * @param prefix of the records
   */
  public static List<Statement> reading(
      String bucket, String prefix, GlueArns glue, String database, String table) {
    return List.of(
        Statement.allow(List.of("s3:GetObject")).on(bucket + "/" + prefix + "*"),
        Statement.allow(List.of("s3:ListBucket"))
            .when("StringLike", "s3:prefix", prefix + "*")
            .on(bucket),
        Statement.allow(List.of("glue:GetDatabase"))
            .on(with(glue.catalogs(), glue.database(database))),
        Statement.allow(List.of("glue:GetPartitions", "glue:GetTable"))
            .on(with(glue.catalogs(), glue.database(database), glue.table(database, table))));
  }

  /**
   * A rule publishes on one topic.
   *
   * @param keys the topic's, if it has one
   */
  public static List<Statement> publishing(String topic, List<String> keys) {
    List<Statement> statements = new ArrayList<>();
    statements.add(Statement.allow(List.of("sns:Publish")).on(topic));
    if (!keys.isEmpty()) {
      statements.add(Statement.allow(List.of("kms:Decrypt", "kms:GenerateDataKey")).on(keys));
    }
    return statements;
  }

  /** Whoever needs it reads one parameter. */
  public static Statement parameter(String arn) {
    return Statement.allow(List.of("ssm:GetParameter")).on(arn);
  }

  /** Whoever asks why searches the logs of the functions that decide. */
  public static Statement searching(List<String> logGroups) {
    return Statement.allow(List.of("logs:FilterLogEvents")).on(logGroups);
  }

  private static Statement allow(String... actions) {
    return Statement.allow(ApplicationArn.named(actions));
  }

  private static List<String> with(List<String> some, String... more) {
    return Stream.concat(some.stream(), Stream.of(more)).toList();
  }
}
