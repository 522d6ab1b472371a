package io.sparkgate.data;

import java.util.List;
import software.amazon.awscdk.services.dynamodb.ITable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kinesis.IStream;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.ISecret;

/**
 * Data that sessions and job runs reach, besides catalogs. Each is given to an application with
 * {@code with}, which grants its execution role what it needs and nothing more:
 *
 * <pre>{@code
 * SparkConnectPlatform.Builder.create(this, "SparkConnect")
 *     .with(DataSource.bucket(sales).below("2026/").read())
 *     .with(DataSource.secret(password))
 *     .build();
 * }</pre>
 *
 * A role that is made elsewhere gets the same by {@code DataSource.secret(password).grantTo(role)}.
 * What each source needs, and what of it is assumed, is in docs/data.md.
 */
public final class DataSource {

  private DataSource() {}

  /**
   * A bucket, of any account. Of one that is imported by its name the account is taken to be the
   * stack's: import it with {@code Bucket.fromBucketAttributes} and its account.
   *
   * @param bucket the bucket
   * @return the source; say {@code below(…)}, {@code read()} or {@code readWrite()}
   */
  public static BucketSource bucket(IBucket bucket) {
    return new BucketSource(bucket);
  }

  /**
   * A directory bucket of S3 Express One Zone; since emr-7.2.0, in a VPC only. Addresses that begin
   * with {@code s3://} go there as those with {@code s3a://}.
   *
   * @param bucketArn its ARN, such as {@code directoryBucket.getAttrArn()}; may be a token
   * @return the source; say {@code read()} or {@code readWrite()}
   * @throws IllegalArgumentException if it is no such ARN, or has wildcards
   */
  public static DirectoryBucketSource directoryBucket(String bucketArn) {
    return new DirectoryBucketSource(bucketArn);
  }

  /**
   * What S3 Access Grants of the application's account and Region give; since emr-6.15.0. All of S3
   * goes by grants then: what the role itself may is out of reach, and a grant is made elsewhere.
   *
   * @return the access
   */
  public static SourceAccess accessGrants() {
    return AccessGrantsAccess.own();
  }

  /**
   * What S3 Access Grants of several accounts give, as {@link #accessGrants()}.
   *
   * @param instanceArns {@code arn:aws:s3:…:access-grants/default} of each
   * @return the access
   * @throws IllegalArgumentException if there is none, or one is no such ARN
   */
  public static SourceAccess accessGrants(String... instanceArns) {
    return AccessGrantsAccess.of(instanceArns);
  }

  /**
   * The key that Spark asks S3 to encrypt all that it writes with (SSE-KMS), if the bucket's own
   * encryption is not enough.
   *
   * @param key a key of the application's Region; no alias
   * @return the access
   * @throws IllegalArgumentException if it is an alias
   */
  public static SourceAccess s3Encryption(IKey key) {
    return S3Encryption.everywhere(key);
  }

  /**
   * The key that Spark asks S3 to encrypt all that it writes to one bucket with (SSE-KMS).
   *
   * @param bucket a bucket with a name that is known at synthesis
   * @param key a key of the bucket's Region; no alias
   * @return the access
   * @throws IllegalArgumentException if the name is a token, or the key an alias
   */
  public static SourceAccess s3Encryption(IBucket bucket, IKey key) {
    return S3Encryption.of(bucket, key);
  }

  /**
   * A secret that code of a session reads, with {@code GetSecretValue}. Every session may.
   *
   * @param secret the secret
   * @return the access
   */
  public static SourceAccess secret(ISecret secret) {
    return new SecretAccess(secret);
  }

  /**
   * A setting in spark-defaults whose value is a secret, as {@link #configurationSecret(ISecret,
   * String, String)}.
   *
   * @param secret the secret, in plain text
   * @param key the setting
   * @return the access
   * @throws IllegalArgumentException if the secret's whole ARN is not known, or it is made here
   *     without a customer managed key
   */
  public static SourceAccess configurationSecret(ISecret secret, String key) {
    return new ConfigurationSecret(secret, "spark-defaults", key);
  }

  /**
   * A setting whose value is a secret: the template has {@code EMR.secret@} and its name, and the
   * service fetches the value when a session or a job run starts. Whoever runs code in the session
   * can read the setting. A secret made here lets the service in by its policy and its key's.
   *
   * @param secret the secret, in plain text, of the application's account and Region, encrypted
   *     with a customer managed key
   * @param classification such as {@code hive-site}
   * @param key the setting
   * @return the access
   * @throws IllegalArgumentException if the secret's whole ARN is not known, or it is made here
   *     without a customer managed key
   */
  public static SourceAccess configurationSecret(
      ISecret secret, String classification, String key) {
    return new ConfigurationSecret(secret, classification, key);
  }

  /**
   * A table of DynamoDB, for the connector of EMR; since emr-6.9.0.
   *
   * @param table the table
   * @return the source; say {@code read()}, {@code write()} or {@code readWrite()}
   */
  public static TableSource table(ITable table) {
    return new TableSource(table);
  }

  /**
   * A stream of Kinesis, for the connector {@code aws-kinesis}; since emr-7.1.0, in a VPC only.
   *
   * @param stream the stream
   * @return the source; say {@code read()}, {@code readAsConsumer(…)} or {@code write()}
   */
  public static StreamSource stream(IStream stream) {
    return new StreamSource(stream);
  }

  /**
   * Topics of a cluster of MSK that asks for IAM; since emr-7.1.0, in a VPC only. The Kafka
   * connector and {@code aws-msk-iam-auth} are packages of Maven: {@code spark.jars.packages} with
   * a NAT gateway, or their jars on S3.
   *
   * @param clusterArn the ARN of the cluster; may be a token
   * @param topics whole names, one or more
   * @return the source; say {@code read()}, {@code write()} or {@code readWrite()}
   * @throws IllegalArgumentException if it is no such ARN, there is no topic, or one has wildcards
   */
  public static KafkaSource kafka(String clusterArn, String... topics) {
    return new KafkaSource(clusterArn, List.of(topics));
  }

  /**
   * A database of a Redshift cluster of the application's account and Region, entered by temporary
   * passwords; since emr-6.9.0, in a VPC only.
   *
   * @param cluster its identifier
   * @param database the database
   * @param user the user of the database, which must exist
   * @return the source; say {@code tempDirectory(…)}
   * @throws IllegalArgumentException if one of them has wildcards, or is no such name
   */
  public static RedshiftSource redshiftCluster(String cluster, String database, String user) {
    return RedshiftSource.cluster(cluster, database, user);
  }

  /**
   * The databases of a workgroup of Redshift Serverless, entered by temporary passwords as the user
   * that belongs to the role; since emr-6.9.0, in a VPC only.
   *
   * @param workgroupArn its ARN; may be a token
   * @return the source; say {@code tempDirectory(…)}
   * @throws IllegalArgumentException if it is no such ARN, or has wildcards
   */
  public static RedshiftSource redshiftWorkgroup(String workgroupArn) {
    return RedshiftSource.workgroup(workgroupArn);
  }

  /**
   * A role that code becomes by itself, such as by {@code kinesis.stsRoleArn} of the connector.
   * What it may is granted where it is made. For an hour at most, because one role becomes another.
   *
   * @param role the role; made in the execution role's stack, it is made to trust that role
   * @return the access
   */
  public static SourceAccess assumedRole(IRole role) {
    return new AssumedRole(AssumedRole.Use.CODE, role);
  }

  /**
   * A role that workers become for all of S3, entry points of job runs included: what the execution
   * role itself may there is then out of reach.
   *
   * @param role as of {@link #assumedRole}
   * @return the access
   */
  public static SourceAccess assumedRoleForS3(IRole role) {
    return new AssumedRole(AssumedRole.Use.S3, role);
  }

  /**
   * A role that workers become for all of DynamoDB; since emr-6.9.0. With {@link #assumedRoleForS3}
   * it must be the same role: both read one variable.
   *
   * @param role as of {@link #assumedRole}
   * @return the access
   */
  public static SourceAccess assumedRoleForDynamoDb(IRole role) {
    return new AssumedRole(AssumedRole.Use.DYNAMODB, role);
  }

  /**
   * A role that workers become for one bucket; since emr-6.11.0. Add more with {@code and(…)}: an
   * application takes one such value.
   *
   * @param bucket the bucket
   * @param role as of {@link #assumedRole}
   * @return the access
   */
  public static BucketRoles assumedRolePerBucket(IBucket bucket, IRole role) {
    return new BucketRoles(bucket, role);
  }
}
