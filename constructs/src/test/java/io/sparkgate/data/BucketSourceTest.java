package io.sparkgate.data;

import static io.sparkgate.data.Granted.allow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;
import software.amazon.awscdk.services.s3.IBucket;

class BucketSourceTest {

  private static final String ARN = "arn:aws:s3:::sales";
  private static final String KEY =
      "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000";

  private final Stack stack =
      new Stack(
          new App(),
          "Stack",
          StackProps.builder()
              .env(Environment.builder().account("111122223333").region("eu-west-1").build())
              .build());
  private final IBucket bucket = Bucket.fromBucketArn(stack, "Sales", ARN);

  @Test
  void listsAndGetsWhatIsBelowAFolderAndNothingBesideIt() {
    assertThat(Granted.statements(stack, DataSource.bucket(bucket).below("2026/eu").read()))
        .containsExactly(
            allow(
                "s3:ListBucket",
                ARN,
                Map.of("StringLikeIfExists", Map.of("s3:prefix", List.of("2026/eu", "2026/eu/*")))),
            allow("s3:GetObject", List.of(ARN + "/2026/eu", ARN + "/2026/eu/*")));
  }

  @Test
  void writesAndDeletesWhatIsBelowAFolder() {
    assertThat(Granted.statements(stack, DataSource.bucket(bucket).below("2026/").readWrite()))
        .contains(
            allow(
                List.of(
                    "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"),
                List.of(ARN + "/2026", ARN + "/2026/*")));
  }

  @Test
  void readsAWholeBucket() {
    assertThat(Granted.statements(stack, DataSource.bucket(bucket).read()))
        .containsExactly(allow("s3:ListBucket", ARN), allow("s3:GetObject", ARN + "/*"));
  }

  @Test
  void takesAFolderThatIsKnownOnlyWhenTheStackIsDeployed() {
    CfnParameter year = CfnParameter.Builder.create(stack, "Year").build();

    assertThat(
            Granted.statements(
                    stack, DataSource.bucket(bucket).below(year.getValueAsString()).read())
                .toString())
        .contains("[{Ref=Year}, {Fn::Join=[, [{Ref=Year}, /*]]}]");
  }

  @Test
  void decryptsWithTheKeyOfTheBucketAndEncryptsOnlyToWrite() {
    Key key = Key.Builder.create(stack, "Key").build();
    IBucket encrypted = Bucket.Builder.create(stack, "Encrypted").encryptionKey(key).build();
    Object arn = stack.resolve(key.getKeyArn());

    assertThat(Granted.statements(stack, DataSource.bucket(encrypted).read()))
        .contains(allow("kms:Decrypt", arn));
    assertThat(
            DataSource.bucket(encrypted).readWrite().keys().stream().map(KeyUse::actions).toList())
        .containsExactly(List.of("kms:Decrypt", "kms:GenerateDataKey"));
  }

  @Test
  void usesAKeyThatIsNamedOfAnImportedBucket() {
    IKey key = Key.fromKeyArn(stack, "Key", KEY);

    assertThat(Granted.statements(stack, DataSource.bucket(bucket).encryptionKey(key).read()))
        .contains(allow("kms:Decrypt", KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sales/", "", " ", "a//b"})
  void refusesWhatIsNoFolder(String prefix) {
    assertThatThrownBy(() -> DataSource.bucket(bucket).below(prefix))
        .hasMessage(
            "DataSource.bucket: below received '%s', but takes a folder without a slash at its beginning or two in a row, such as sales/"
                .formatted(prefix));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sales/*", "s?les/", "home/${aws:userid}/"})
  void refusesAFolderThatWouldMatchOthersToo(String prefix) {
    assertThatThrownBy(() -> DataSource.bucket(bucket).below(prefix))
        .hasMessage(
            "DataSource.bucket: below received '%s', but takes one folder without wildcards and policy variables; name each folder in an access of its own"
                .formatted(prefix));
  }

  @Test
  void refusesAnAliasAsKey() {
    assertThatThrownBy(
            () ->
                DataSource.bucket(bucket)
                    .encryptionKey(
                        Key.fromKeyArn(
                            stack, "Alias", "arn:aws:kms:eu-west-1:111122223333:alias/data")))
        .hasMessage(
            "DataSource.bucket: encryption key Stack/Alias is an alias, but permissions go by the key; pass the key that it stands for");
  }

  @Test
  void refusesAKeyOfAnotherRegion() {
    IKey key = Key.fromKeyArn(stack, "Far", KEY.replace("eu-west-1", "us-east-1"));

    assertThatThrownBy(() -> DataSource.bucket(bucket).encryptionKey(key))
        .hasMessage(
            "DataSource.bucket: encryption key Stack/Far is in us-east-1, but bucket Stack/Sales is in eu-west-1; S3 uses keys of the bucket's Region only");
  }

  @Test
  void refusesAGranteeThatHasNoPolicies() {
    assertThatThrownBy(() -> DataSource.bucket(bucket).read().grantTo(new AccountRootPrincipal()))
        .hasMessage(
            "DataSource.bucket 'Stack/Sales': the grantee is a AccountRootPrincipal, which is no role, user or group that a policy can be attached to; grant to the execution role, such as platform.getExecutionRole()");
  }

  @Test
  void saysWhatAnotherAccountMustPutIntoItsPolicy() {
    IBucket theirs =
        Bucket.fromBucketAttributes(
            stack,
            "Theirs",
            BucketAttributes.builder().bucketName("theirs").account("444455556666").build());
    Role role = Granted.role(stack);

    assertThat(
            stack.resolve(
                DataSource.bucket(theirs).below("a/").read().policyOfOtherAccount(role).toJSON()))
        .asString()
        .contains("Principal={AWS={Fn::GetAtt=[Execution")
        .contains("s3:prefix=[a, a/*]")
        .contains("Action=s3:GetObject")
        .doesNotContain("s3:PutObject");
  }
}
