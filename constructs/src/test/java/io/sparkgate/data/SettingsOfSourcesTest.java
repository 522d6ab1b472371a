package io.sparkgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kinesis.Stream;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;
import software.amazon.awscdk.services.s3.IBucket;

/** What Spark is told of sources, and what an application says of those that it cannot have. */
class SettingsOfSourcesTest {

  private static final String ROLE = "arn:aws:iam::444455556666:role/data";
  private static final String OTHER = "arn:aws:iam::444455556666:role/other";
  private static final String KEY = "arn:aws:kms:eu-west-1:111122223333:key/0a1b";
  private static final String SINGLE = "com.amazonaws.emr.AssumeRoleAWSCredentialsProvider";
  private static final String PER_BUCKET =
      "com.amazonaws.emr.serverless.credentialsprovider.BucketLevelAssumeRoleCredentialsProvider";

  private final Stack stack =
      new Stack(
          new App(),
          "Stack",
          StackProps.builder()
              .env(Environment.builder().account("111122223333").region("eu-west-1").build())
              .build());
  private final IRole role = Role.fromRoleArn(stack, "Role", ROLE);
  private final IRole other = Role.fromRoleArn(stack, "Other", OTHER);
  private final IBucket sales = Bucket.fromBucketName(stack, "Sales", "sales");
  private final IBucket logs = Bucket.fromBucketName(stack, "Logs", "logs");

  @Test
  void becomesOneRoleForAllOfS3InEmrfsAndInS3a() {
    assertThat(settings(DataSource.assumedRoleForS3(role)))
        .isEqualTo(
            Map.of(
                "spark-defaults",
                Map.of(
                    "spark.emr-serverless.driverEnv.ASSUME_ROLE_CREDENTIALS_ROLE_ARN", ROLE,
                    "spark.executorEnv.ASSUME_ROLE_CREDENTIALS_ROLE_ARN", ROLE,
                    "spark.hadoop.fs.s3.customAWSCredentialsProvider", SINGLE,
                    "spark.hadoop.fs.s3a.aws.credentials.provider", SINGLE)));
  }

  @Test
  void becomesOneRoleForDynamoDb() {
    assertThat(settings(DataSource.assumedRoleForDynamoDb(role)))
        .containsEntry("core-site", Map.of("dynamodb.customAWSCredentialsProvider", SINGLE))
        .containsEntry(
            "spark-defaults",
            Map.of(
                "spark.emr-serverless.driverEnv.ASSUME_ROLE_CREDENTIALS_ROLE_ARN", ROLE,
                "spark.executorEnv.ASSUME_ROLE_CREDENTIALS_ROLE_ARN", ROLE));
  }

  @Test
  void joinsTheRolesOfBucketsInOneSetting() {
    assertThat(settings(DataSource.assumedRolePerBucket(sales, role).and(logs, other)))
        .isEqualTo(
            Map.of(
                "spark-defaults",
                Map.of(
                    "spark.hadoop.fs.s3.bucketLevelAssumeRoleMapping",
                    "sales->%s;logs->%s".formatted(ROLE, OTHER),
                    "spark.hadoop.fs.s3.customAWSCredentialsProvider",
                    PER_BUCKET,
                    "spark.hadoop.fs.s3a.aws.credentials.provider",
                    PER_BUCKET)));
  }

  @Test
  void refusesTwoRolesOfOneBucket() {
    assertThatThrownBy(() -> DataSource.assumedRolePerBucket(sales, role).and(sales, other))
        .hasMessage(
            "DataSource.assumedRolePerBucket: bucket Stack/Sales has two roles, Stack/Role and Stack/Other; keep one of them");
  }

  @Test
  void namesBothWhereTwoSourcesWantOtherCredentials() {
    assertThatThrownBy(
            () ->
                settings(
                    DataSource.assumedRoleForS3(role),
                    DataSource.assumedRolePerBucket(sales, role)))
        .hasMessageContaining("DataSource.assumedRoleForS3 'Stack/Role' sets '" + SINGLE + "'")
        .hasMessageContaining("DataSource.assumedRolePerBucket sets '" + PER_BUCKET + "'");
  }

  @Test
  void asksAccessGrantsAndNobodyElse() {
    assertThat(settings(DataSource.accessGrants()))
        .isEqualTo(
            Map.of(
                "spark-defaults",
                Map.of(
                    "spark.hadoop.fs.s3.s3AccessGrants.enabled", "true",
                    "spark.hadoop.fs.s3.s3AccessGrants.fallbackToIAM", "false")));
  }

  @Test
  void encryptsEverywhereAndInOneBucket() {
    IKey key = Key.fromKeyArn(stack, "Key", KEY);

    assertThat(settings(DataSource.s3Encryption(key), DataSource.s3Encryption(sales, key)))
        .isEqualTo(
            Map.of(
                "spark-defaults",
                Map.of(
                    "spark.hadoop.fs.s3.enableServerSideEncryption",
                    "true",
                    "spark.hadoop.fs.s3.serverSideEncryption.kms.keyId",
                    KEY,
                    "spark.hadoop.fs.s3.bucket.sales.enableServerSideEncryption",
                    "true",
                    "spark.hadoop.fs.s3.bucket.sales.serverSideEncryption.kms.keyId",
                    KEY)));
    assertThat(Granted.statements(stack, DataSource.s3Encryption(key)))
        .containsExactly(Granted.allow(List.of("kms:Decrypt", "kms:GenerateDataKey"), KEY));
  }

  @Test
  void encryptsInABucketThatIsMadeHereWithAName() {
    IBucket made = Bucket.Builder.create(stack, "New").bucketName("new-sales").build();

    assertThat(settings(DataSource.s3Encryption(made, Key.fromKeyArn(stack, "Key", KEY))))
        .isEqualTo(
            Map.of(
                "spark-defaults",
                Map.of(
                    "spark.hadoop.fs.s3.bucket.new-sales.enableServerSideEncryption",
                    "true",
                    "spark.hadoop.fs.s3.bucket.new-sales.serverSideEncryption.kms.keyId",
                    KEY)));
  }

  @Test
  void refusesToNameABucketInASettingBeforeItHasAName() {
    assertThatThrownBy(
            () ->
                DataSource.s3Encryption(
                    Bucket.Builder.create(stack, "New").build(), Key.fromKeyArn(stack, "Key", KEY)))
        .hasMessage(
            "DataSource.s3Encryption: the name of bucket Stack/New is known only when the stack is deployed, but Spark's setting has it in its key; give the bucket a bucketName, or a default encryption with this key");
  }

  @Test
  void refusesAStreamWithoutAVpc() {
    assertThatThrownBy(
            () ->
                settings(DataSource.stream(Stream.Builder.create(stack, "Clicks").build()).read()))
        .hasMessage(
            "Stack/App: DataSource.stream 'Stack/Clicks' is out of reach without a VPC; set vpc");
  }

  @Test
  void refusesDataOfAnotherRegionUnlessItIsMeant() {
    SourceAccess far =
        DataSource.kafka("arn:aws:kafka:us-east-1:111122223333:cluster/events/0a1b-1", "orders")
            .read();

    assertThatThrownBy(() -> settings(far))
        .hasMessage(
            "Stack/App: DataSource.kafka orders is in us-east-1, but the application is in eu-west-1, and without a way out workers reach their own Region only; use data of that Region, or acrossRegions() in a network with a NAT gateway");
    assertThat(far.acrossRegions().place()).isEmpty();
    assertThat(far.acrossRegions().needsVpc()).isTrue();
    assertThat(far.acrossRegions().endpoints()).isEmpty();
    assertThat(far.acrossRegions()).hasToString("DataSource.kafka orders");
  }

  @Test
  void refusesATemporaryFolderOfAnotherRegion() {
    IBucket far =
        Bucket.fromBucketAttributes(
            stack, "Far", BucketAttributes.builder().bucketName("far").region("us-east-1").build());

    assertThatThrownBy(
            () ->
                settings(
                    DataSource.redshiftCluster("warehouse", "dev", "spark")
                        .tempDirectory(DataSource.bucket(far))))
        .hasMessageStartingWith(
            "Stack/App: DataSource.bucket 'Stack/Far' is in us-east-1, but the application is in"
                + " eu-west-1");
  }

  @Test
  void refusesAReleaseThatIsTooOld() {
    assertThatThrownBy(
            () ->
                EmrServerlessApplication.Builder.create(stack, "App")
                    .releaseLabel(ReleaseLabel.of("emr-6.14.0"))
                    .with(DataSource.accessGrants())
                    .build())
        .hasMessage(
            "Stack/App: DataSource.accessGrants needs release emr-6.15.0 or newer, but the application has emr-6.14.0");
  }

  private Map<String, Object> settings(SourceAccess... access) {
    EmrServerlessApplication.Builder builder =
        EmrServerlessApplication.Builder.create(stack, "App");
    List.of(access).forEach(builder::with);
    builder.build();
    Map<String, Object> settings = new TreeMap<>();
    for (Object found : (List<?>) Synth.application(stack).get("RuntimeConfiguration")) {
      Map<?, ?> classification = (Map<?, ?>) found;
      settings.put(
          String.valueOf(classification.get("Classification")), classification.get("Properties"));
    }
    return settings;
  }
}
