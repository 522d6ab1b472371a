package io.sparkgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionExecutionRole;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.secretsmanager.Secret;

/**
 * Keys and secrets that stacks of other accounts and Regions make, whose ARNs nobody knows here.
 */
class SourcesOfOtherEnvsTest {

  private static final String MINE = "111122223333";
  private static final String THEIRS = "444455556666";

  private final App app = new App();

  @Test
  void usesAKeyThatAnotherAccountMakesByItsServiceOnly() {
    Stack theirs = in("Theirs", THEIRS, "eu-west-1");
    Stack mine = in("Mine", MINE, "eu-west-1");
    Role role = named(mine);

    Bucket bucket = encrypted(theirs);
    DataSource.bucket(bucket).read().grantTo(role);

    assertThat(Template.fromStack(mine).findResources("AWS::IAM::Policy").toString())
        .contains(
            "{Action=kms:Decrypt, Condition={StringLike={kms:ViaService=s3.eu-west-1.amazonaws.com}}",
            ":kms:eu-west-1:444455556666:key/*")
        .doesNotContain("Resource=*");
    assertThat(Template.fromStack(theirs).findResources("AWS::KMS::Key").toString())
        .contains(
            "kms:ViaService=s3.eu-west-1.amazonaws.com", ":iam::111122223333:role/spark-of-mine");
    assertThatThrownBy(() -> DataSource.s3Encryption(bucket.getEncryptionKey()).grantTo(role(mine)))
        .hasMessageStartingWith("Theirs/Key: role Mine/Execution/Role is made in a stack of")
        .hasMessageEndingWith("give both stacks the same env, or the role a name (roleName)");
  }

  @Test
  void usesAKeyOfAnotherRegionWithoutANameOfTheRole() {
    Stack far = in("Far", MINE, "us-east-1");
    Stack mine = in("Mine", MINE, "eu-west-1");

    DataSource.bucket(encrypted(far)).read().acrossRegions().grantTo(role(mine));

    assertThat(Template.fromStack(mine).findResources("AWS::IAM::Policy").toString())
        .contains("kms:ViaService=s3.us-east-1.amazonaws.com", ":kms:us-east-1:111122223333:key/*")
        .doesNotContain("Resource=*");
    assertThat(Template.fromStack(far).findResources("AWS::KMS::Key").toString())
        .doesNotContain("kms:ViaService");
  }

  @Test
  void leavesOpenTheSixCharactersOfASecretThatAnotherAccountMakes() {
    Stack theirs = in("Theirs", THEIRS, "eu-west-1");
    Stack mine = in("Mine", MINE, "eu-west-1");
    Secret secret = Secret.Builder.create(theirs, "Secret").secretName("named").build();
    Role role = named(mine);

    DataSource.secret(secret).acrossRegions().grantTo(role);

    assertThat(Template.fromStack(mine).findResources("AWS::IAM::Policy").toString())
        .contains(":secretsmanager:eu-west-1:444455556666:secret:named-??????");
    assertThat(
            Template.fromStack(theirs)
                .findResources("AWS::SecretsManager::ResourcePolicy")
                .toString())
        .contains("Ref=Secret")
        .doesNotContain("??????");
  }

  private static Bucket encrypted(Stack stack) {
    return Bucket.Builder.create(stack, "Bucket")
        .bucketName("sales-of-another")
        .encryptionKey(Key.Builder.create(stack, "Key").build())
        .build();
  }

  private static Role named(Stack stack) {
    return Role.Builder.create(stack, "Role")
        .roleName("spark-of-mine")
        .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
        .build();
  }

  private static IRole role(Stack stack) {
    return SessionExecutionRole.Builder.create(stack, "Execution").build().getRole();
  }

  private Stack in(String id, String account, String region) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account(account).region(region).build())
            .build());
  }
}
