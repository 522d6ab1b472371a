package io.sparkgate.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.testing.Synth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;
import software.constructs.Construct;

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
  void keepsRecordsForAsLongAsItIsToldAndEncryptsThemWithTheGivenKey() {
    Key key = new Key(it.stack, "Key");
    UsageStore store =
        UsageStore.Builder.create(it.stack, "Usage")
            .expireAfter(Duration.days(30))
            .encryptionKey(key)
            .build();
    it.monitor().usage(store).build();

    JsonNode bucket = it.only("AWS::S3::Bucket");
    assertThat(bucket.at("/LifecycleConfiguration/Rules/0/ExpirationInDays").asInt()).isEqualTo(30);
    assertThat(bucket.findValue("SSEAlgorithm").asText()).isEqualTo("aws:kms");
    assertThat(bucket.findValue("KMSMasterKeyID").toString()).contains("Key");
    assertThat(it.allowed()).anyMatch(allowed -> allowed.startsWith("kms:GenerateDataKey"));
  }

  @Test
  void takesTheKeyThatAGivenBucketKnows() {
    Key key = new Key(it.stack, "Key");
    UsageStore store =
        UsageStore.Builder.create(it.stack, "Usage")
            .bucket(
                Bucket.fromBucketAttributes(
                    it.stack,
                    "Ours",
                    BucketAttributes.builder().bucketName("ours").encryptionKey(key).build()))
            .build();
    store.grantRead(people());

    assertThat(it.allowed()).anyMatch(allowed -> allowed.startsWith("kms:Decrypt"));
  }

  @Test
  void namesItsDatabaseAfterItsStackAndPath() {
    Stack stack = new Stack(null, "SparkConnect-dev");
    UsageStore store = UsageStore.Builder.create(stack, "Usage").build();

    assertThat(store.getDatabaseName()).matches("sparkconnect_dev_usage_[0-9a-f]{8}");
    assertThat(store.getTableName()).isEqualTo("usage");
  }

  @Test
  void sharesItsDatabaseWithNoOtherStackOrPath() {
    List<String> names = new ArrayList<>();
    for (String name : List.of("alice", "bob")) {
      Stack stack = Stack.Builder.create(new App(), "SparkConnect").stackName(name).build();
      for (String path : List.of("X-Y/Z", "X/Y-Z")) {
        String[] steps = path.split("/");
        Construct scope = new Construct(stack, steps[0]);
        names.add(UsageStore.Builder.create(scope, steps[1]).build().getDatabaseName());
      }
    }

    assertThat(names).doesNotHaveDuplicates();
    assertThat(names.get(0)).startsWith("alice_x_y_z_");
  }

  @Test
  void isFoundBelowThePrefixOfTheMonitorThatWritesToIt() {
    UsageStore store = UsageStore.Builder.create(it.stack, "Usage").databaseName("ours").build();
    store.grantRead(people());
    it.monitor().usage(store).parameterPrefix("/sparkgate/dev").build();

    assertThat(it.all("AWS::SSM::Parameter"))
        .extracting(parameter -> parameter.get("Name").asText())
        .containsExactlyInAnyOrder("/sparkgate/dev/usage-location", "/sparkgate/dev/log-groups");
    assertThat(it.allowed())
        .contains("ssm:GetParameter arn:*:ssm:*:*:parameter/sparkgate/dev/usage-location");
  }

  @Test
  void isToldOnceBelowAPrefixThatItsMonitorHasToo() {
    UsageStore store =
        UsageStore.Builder.create(it.stack, "Usage").parameterPrefix("/sparkgate/dev").build();
    it.monitor().usage(store).parameterPrefix("/sparkgate/dev").build();

    assertThat(it.all("AWS::SSM::Parameter"))
        .filteredOn(parameter -> parameter.get("Name").asText().endsWith("/usage-location"))
        .hasSize(1);
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
    assertThatThrownBy(
            () -> UsageStore.Builder.create(it.stack, "Other").databaseName(Aws.STACK_NAME).build())
        .hasMessageStartingWith("Default/Other: databaseName received a text that is known only");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sparkgate/x", "/sparkgate/x/", "/aws/x"})
  void takesOnlyPrefixesThatNamesBeginWith(String prefix) {
    String sentence =
        ": parameterPrefix received '"
            + prefix
            + "', but takes 1 to 14 levels, each a slash and a-z A-Z 0-9 _ . -, at most 900"
            + " characters, the first level not beginning with aws or ssm; write it like"
            + " /sparkgate/dev";

    assertThatThrownBy(
            () -> UsageStore.Builder.create(it.stack, "Usage").parameterPrefix(prefix).build())
        .hasMessage("Default/Usage" + sentence);
    assertThatThrownBy(() -> it.monitor().parameterPrefix(prefix).build())
        .hasMessage("Default/Monitor" + sentence);
  }

  @Test
  void takesNoKeyOfAnotherRegion() {
    Stack here = stack("eu-west-1");

    assertThatThrownBy(
            () ->
                UsageStore.Builder.create(here, "Usage")
                    .encryptionKey(
                        Key.fromKeyArn(here, "Key", "arn:aws:kms:us-east-1:111122223333:key/1"))
                    .build())
        .hasMessage(
            "Here/Usage: encryptionKey received Here/Key of us-east-1, but takes a key of the"
                + " bucket's own Region, eu-west-1; make one there, or leave it out for S3's own");
  }

  @Test
  void saysThatReadersNeedTheOtherAccountToo() {
    Stack here = stack("eu-west-1");
    elsewhere(here, "444455556666", "eu-west-1")
        .grantRead(
            Role.Builder.create(here, "People").assumedBy(new AccountRootPrincipal()).build());

    assertThat(Synth.warnings(here))
        .anyMatch(
            warning ->
                warning.contains(
                    "the records are in a bucket of account 444455556666, whose policy is not"
                        + " changed from here, so S3 refuses whoever was granted to read them"));
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
