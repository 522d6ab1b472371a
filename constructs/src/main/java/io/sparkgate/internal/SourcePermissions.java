package io.sparkgate.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What an execution role is allowed on data beside catalogs. Actions and the types of resource that
 * each takes are those of the Service Authorization Reference; the CDK's own grants give more, such
 * as {@code s3:List*} on a whole bucket.
 */
public final class SourcePermissions {

  private SourcePermissions() {}

  /**
   * A role reads a bucket, or a folder in it.
   *
   * @param folder ends in a slash; empty for the whole bucket
   */
  public static List<Statement> bucketRead(String bucketArn, String folder) {
    return List.of(list(bucketArn, folder), allow("s3:GetObject").on(objects(bucketArn, folder)));
  }

  /** A role reads and writes a bucket, or a folder in it. */
  public static List<Statement> bucketReadWrite(String bucketArn, String folder) {
    return List.of(
        list(bucketArn, folder),
        allow("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject")
            .on(objects(bucketArn, folder)));
  }

  /**
   * Lists below a folder. A request for one object has no prefix, and S3 answers that what is
   * missing is forbidden where the caller may not list: Spark, which asks for each folder as for an
   * object, would fail. So who leaves the prefix out may list too: all names, but no contents.
   */
  private static Statement list(String bucketArn, String folder) {
    Statement list = allow("s3:ListBucket");
    if (!folder.isEmpty()) {
      list.when("StringLikeIfExists", "s3:prefix", List.of(unslashed(folder), folder + "*"));
    }
    return list.on(bucketArn);
  }

  /** Spark asks for a folder as if it were a file, before it lists what is below. */
  private static List<String> objects(String bucketArn, String folder) {
    return folder.isEmpty()
        ? List.of(bucketArn + "/*")
        : List.of(bucketArn + "/" + unslashed(folder), bucketArn + "/" + folder + "*");
  }

  private static String unslashed(String folder) {
    return folder.substring(0, folder.length() - 1);
  }

  /** Code of a session reads a secret. */
  public static List<Statement> secret(String secretArn) {
    return List.of(allow("secretsmanager:GetSecretValue").on(secretArn));
  }

  /** The connector reads a table: it describes it, then scans, or queries where a key is given. */
  public static List<Statement> tableRead(String tableArn) {
    return List.of(allow("dynamodb:DescribeTable", "dynamodb:Query", "dynamodb:Scan").on(tableArn));
  }

  /** The connector writes a table: it describes it, then puts and deletes in batches. */
  public static List<Statement> tableWrite(String tableArn) {
    return List.of(allow("dynamodb:BatchWriteItem", "dynamodb:DescribeTable").on(tableArn));
  }

  /** The connector reads a stream by polling. */
  public static List<Statement> streamRead(String streamArn) {
    return List.of(
        allow(
                "kinesis:DescribeStreamSummary",
                "kinesis:GetRecords",
                "kinesis:GetShardIterator",
                "kinesis:ListShards")
            .on(streamArn));
  }

  /** The connector reads a stream as a consumer of its own, which it registers. */
  public static List<Statement> streamFanOut(String streamArn, String consumer) {
    List<Statement> statements = new ArrayList<>(streamRead(streamArn));
    statements.add(
        allow("kinesis:ListStreamConsumers", "kinesis:RegisterStreamConsumer").on(streamArn));
    // The time of its registration, which nobody knows before, is part of a consumer's ARN.
    statements.add(
        allow(
                "kinesis:DeregisterStreamConsumer",
                "kinesis:DescribeStreamConsumer",
                "kinesis:SubscribeToShard")
            .on(streamArn + "/consumer/" + consumer + ":*"));
    return List.copyOf(statements);
  }

  /** The connector writes a stream. */
  public static List<Statement> streamWrite(String streamArn) {
    return List.of(
        allow(
                "kinesis:DescribeStreamSummary",
                "kinesis:ListShards",
                "kinesis:PutRecord",
                "kinesis:PutRecords")
            .on(streamArn));
  }

  /** Spark reads topics, and MSK asks for the consumer group besides. */
  public static List<Statement> kafkaRead(
      String clusterArn, List<String> topicArns, List<String> groupArns) {
    return List.of(
        allow("kafka-cluster:Connect").on(clusterArn),
        allow("kafka-cluster:DescribeTopic", "kafka-cluster:ReadData").on(topicArns),
        allow("kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup").on(groupArns));
  }

  /** Spark writes topics; Kafka's producers are idempotent unless told otherwise. */
  public static List<Statement> kafkaWrite(String clusterArn, List<String> topicArns) {
    return List.of(
        allow("kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently").on(clusterArn),
        allow("kafka-cluster:DescribeTopic", "kafka-cluster:WriteData").on(topicArns));
  }

  /** The driver of a Redshift cluster fetches a password of one user for one database. */
  public static List<Statement> redshiftCluster(
      String clusterArn, String databaseArn, String userArn) {
    return List.of(
        allow("redshift:GetClusterCredentials").on(List.of(databaseArn, userArn)),
        allow("redshift:DescribeClusters").on(clusterArn));
  }

  /** The driver of a workgroup of Redshift Serverless fetches a password. */
  public static List<Statement> redshiftWorkgroup(String workgroupArn) {
    return List.of(
        allow("redshift-serverless:GetCredentials", "redshift-serverless:GetWorkgroup")
            .on(workgroupArn));
  }

  /** A session of a directory bucket, which is what S3 Express One Zone asks for. */
  public static List<Statement> directoryBucket(String bucketArn, boolean readOnly) {
    Statement session = allow("s3express:CreateSession");
    if (readOnly) {
      session.when("StringEquals", "s3express:SessionMode", "ReadOnly");
    }
    return List.of(session.on(bucketArn));
  }

  /** S3 is asked for credentials that fit a place in a bucket. */
  public static List<Statement> accessGrants(List<String> instanceArns) {
    return List.of(
        allow("s3:GetAccessGrantsInstanceForPrefix", "s3:GetDataAccess").on(instanceArns));
  }

  /** Workers become other roles. */
  public static List<Statement> assumed(List<String> roleArns) {
    return List.of(allow("sts:AssumeRole").on(roleArns));
  }

  private static Statement allow(String... actions) {
    return Statement.allow(Arrays.asList(actions));
  }
}
