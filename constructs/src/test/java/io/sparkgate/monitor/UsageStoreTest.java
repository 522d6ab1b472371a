package io.sparkgate.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.testing.Synth;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;

class UsageStoreTest {

  private final Monitored it = new Monitored(new Stack());

  @Test
  void isClosedEncryptedAndKeepsRecordsForFourHundredDays() {
    UsageStore.Builder.create(it.stack, "Usage").build();

    JsonNode bucket = it.only("AWS::S3::Bucket");
    assertThat(bucket.at("/PublicAccessBlockConfiguration").toString()).doesNotContain("false");
    assertThat(bucket.at("/LifecycleConfiguration/Rules/0/ExpirationInDays").asInt())
        .isEqualTo(400);
    assertThat(bucket.findValue("SSEAlgorithm").asText()).isEqualTo("AES256");
    assertThat(bucket.has("VersioningConfiguration")).isFalse();
    assertThat(it.template().findResources("AWS::S3::Bucket").values())
        .allSatisfy(each -> assertThat(each.get("DeletionPolicy")).isEqualTo("Retain"));
    assertThat(it.only("AWS::S3::BucketPolicy").toString()).contains("aws:SecureTransport");
  }

  @Test
  void isATableThatAthenaPartsByMonthAndDayWithoutACrawler() {
    UsageStore.Builder.create(it.stack, "Usage").databaseName("ours").build();

    JsonNode table = it.only("AWS::Glue::Table").get("TableInput");
    assertThat(it.only("AWS::Glue::Database").at("/DatabaseInput/Name").asText()).isEqualTo("ours");
    assertThat(table.get("PartitionKeys").findValuesAsText("Name")).containsExactly("month", "day");
    assertThat(table.at("/Parameters/projection.enabled").asText()).isEqualTo("true");
    assertThat(table.at("/Parameters/projection.day.values").asText())
        .startsWith("01,02")
        .endsWith("30,31");
    assertThat(Monitored.text(table.at("/Parameters/storage.location.template")))
        .isEqualTo("s3://*/usage/month=${month}/day=${day}/");
    assertThat(table.at("/StorageDescriptor/Columns").findValuesAsText("Name"))
        .contains("kind", "id", "owner", "endedat", "vcpuhours", "tags", "complete", "recordedat")
        .allMatch(name -> name.equals(name.toLowerCase(java.util.Locale.ROOT)));
  }

  @Test
  void namesItsDatabaseAfterItsPath() {
    Stack stack = new Stack(null, "SparkConnect-dev");
    UsageStore store = UsageStore.Builder.create(stack, "Usage").build();

    assertThat(store.getDatabaseName()).isEqualTo("sparkconnect_dev_usage");
    assertThat(store.getTableName()).isEqualTo("usage");
  }

  @Test
  void letsPeopleReadTheRecordsAndNothingElse() {
    UsageStore store =
        UsageStore.Builder.create(it.stack, "Usage")
            .encryptionKey(new Key(it.stack, "Key"))
            .databaseName("ours")
            .parameterPrefix("/sparkgate/dev")
            .build();
    store.grantRead(people());

    assertThat(it.allowed())
        .extracting(allowed -> allowed.replaceAll("\\{.*\\}", "it"))
        .containsExactlyInAnyOrder(
            "s3:GetObject */usage/*",
            "s3:ListBucket it",
            "glue:GetDatabase arn:*:glue:*:*:catalog",
            "glue:GetDatabase arn:*:glue:*:*:database/ours",
            "glue:GetPartitions arn:*:glue:*:*:catalog",
            "glue:GetPartitions arn:*:glue:*:*:database/ours",
            "glue:GetPartitions arn:*:glue:*:*:table/ours/usage",
            "glue:GetTable arn:*:glue:*:*:catalog",
            "glue:GetTable arn:*:glue:*:*:database/ours",
            "glue:GetTable arn:*:glue:*:*:table/ours/usage",
            "kms:Decrypt it",
            "ssm:GetParameter arn:*:ssm:*:*:parameter/sparkgate/dev/usage-location");
    assertThat(it.only("AWS::IAM::Policy").toString())
        .contains("{\"StringLike\":{\"s3:prefix\":\"usage/*\"}}");
    assertThat(Monitored.text(it.only("AWS::SSM::Parameter").get("Value")))
        .isEqualTo("s3://*/usage/");
  }

  @Test
  void takesABucketThatExistsWithItsKey() throws Exception {
    UsageStore store =
        UsageStore.Builder.create(it.stack, "Usage")
            .bucket(Bucket.fromBucketName(it.stack, "Ours", "ours"))
            .encryptionKey(
                Key.fromKeyArn(it.stack, "Key", "arn:aws:kms:eu-west-1:111122223333:key/1"))
            .build();
    it.monitor().usage(store).build();

    assertThat(it.all("AWS::S3::Bucket")).isEmpty();
    assertThat(it.document().at("/usage/bucket").asText()).isEqualTo("ours");
    assertThat(it.allowed())
        .contains(
            "s3:PutObject arn:*:s3:::ours/usage/*",
            "kms:Decrypt arn:aws:kms:eu-west-1:111122223333:key/1",
            "kms:GenerateDataKey arn:aws:kms:eu-west-1:111122223333:key/1");
  }

  @Test
  void saysWhatTheBucketOfAnotherAccountMustAllow() {
    Monitored here = new Monitored(stack("eu-west-1"));
    here.monitor().usage(elsewhere(here.stack, "444455556666", "eu-west-1")).build();

    assertThat(Synth.warnings(here.stack))
        .anyMatch(
            warning ->
                warning.contains(
                    "usage is in a bucket of account 444455556666, whose policy is not changed from"
                        + " here, so S3 refuses the monitor; allow its role there s3:ListBucket on"
                        + " the bucket, s3:PutObject on the objects 'usage/*' and s3:GetObject on"
                        + " 'usage/*/pool-*'"));
  }

  @Test
  void takesNoBucketOfAnotherRegion() {
    Monitored here = new Monitored(stack("eu-west-1"));
    UsageStore there = elsewhere(here.stack, "111122223333", "us-east-1");

    assertThatThrownBy(() -> here.monitor().usage(there).build())
        .hasMessage(
            "Here/Monitor: usage received a bucket of us-east-1, but takes one of its own Region,"
                + " eu-west-1, where its functions look; make it there");
  }

  @Test
  void leavesTheLifecycleOfAGivenBucketToItsOwner() {
    UsageStore.Builder both =
        UsageStore.Builder.create(it.stack, "Usage")
            .bucket(Bucket.fromBucketName(it.stack, "Ours", "ours"))
            .expireAfter(Duration.days(30));

    assertThatThrownBy(both::build)
        .hasMessage(
            "Default/Usage: expireAfter received 30 days, but is of a bucket that is made here, and"
                + " bucket names another; give that one a lifecycle rule for 'usage/'");
  }

  @Test
  void takesOnlyNamesThatAthenaTakes() {
    assertThatThrownBy(
            () -> UsageStore.Builder.create(it.stack, "Usage").databaseName("My-Usage").build())
        .hasMessage(
            "Default/Usage: databaseName received 'My-Usage', but takes 1 to 255 of a-z, 0-9 and _");
  }

  private static UsageStore elsewhere(Stack stack, String account, String region) {
    return UsageStore.Builder.create(stack, "Usage")
        .bucket(
            Bucket.fromBucketAttributes(
                stack,
                "There",
                BucketAttributes.builder()
                    .bucketName("there")
                    .account(account)
                    .region(region)
                    .build()))
        .build();
  }

  private static Stack stack(String region) {
    return new Stack(
        null,
        "Here",
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region(region).build())
            .build());
  }

  private Role people() {
    return Role.Builder.create(it.stack, "People").assumedBy(new AccountRootPrincipal()).build();
  }
}
