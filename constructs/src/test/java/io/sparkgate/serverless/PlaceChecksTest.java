package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.testing.Synth;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.User;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;

class PlaceChecksTest {

  private final App app = new App();
  private final Stack here = stack("Here", "111122223333", "eu-west-1");
  private final Stack there = stack("There", "111122223333", "us-east-1");

  @Test
  void rejectsALogGroupOfAnotherRegion() {
    rejects(
        application()
            .logs(
                Logs.managed()
                    .and(
                        LogDestination.cloudWatch(
                            LogGroup.fromLogGroupArn(
                                here,
                                "Group",
                                "arn:aws:logs:us-east-1:111122223333:log-group:/emr/sessions:*")))),
        "Here/App: logs go to log group Here/Group in 111122223333/us-east-1, but the application"
            + " is in 111122223333/eu-west-1; use a log group in the application's own account and"
            + " Region");
  }

  @Test
  void rejectsALogGroupOfAnotherAccount() {
    rejects(
        application()
            .logs(
                Logs.managed()
                    .and(
                        LogDestination.cloudWatch(
                            LogGroup.fromLogGroupArn(
                                here,
                                "Group",
                                "arn:aws:logs:eu-west-1:999999999999:log-group:/emr:*")))),
        "Here/App: logs go to log group Here/Group in 999999999999/eu-west-1, but");
  }

  @Test
  void rejectsABucketThatIsSaidToBeInAnotherRegion() {
    rejects(
        application()
            .logs(
                Logs.managed()
                    .and(
                        LogDestination.s3(
                            Bucket.fromBucketAttributes(
                                here,
                                "Bucket",
                                BucketAttributes.builder()
                                    .bucketName("logs-of-spark")
                                    .region("us-east-1")
                                    .build())))),
        "Here/App: logs go to bucket Here/Bucket in 111122223333/us-east-1, but");
  }

  @Test
  void rejectsAKeyOfAnotherRegion() {
    rejects(
        application().logs(Logs.managed().encryptionKey(key("eu-central-1", "111122223333"))),
        "Here/App: encryptionKey Here/Key is in 111122223333/eu-central-1, but the application is"
            + " in 111122223333/eu-west-1; use a key of the application's own Region");
  }

  @Test
  void takesAKeyOfAnotherAccount() {
    EmrServerlessApplication application =
        application().logs(Logs.managed().encryptionKey(key("eu-west-1", "999999999999"))).build();
    acknowledge(application, "importedKey");
  }

  @Test
  void rejectsAKeyThatIsMadeInAStackOfAnotherAccount() {
    Stack far = stack("Far", "999999999999", "eu-west-1");
    rejects(
        application().logs(Logs.managed().encryptionKey(new Key(far, "Key"))),
        "Here/App: encryptionKey Far/Key is made in a stack of 999999999999/eu-west-1, but the"
            + " application's is of 111122223333/eu-west-1, where nothing can refer to it; give"
            + " both stacks the same env, or import it by its ARN with Key.fromKeyArn");
  }

  @Test
  void rejectsAKeyThatIsMadeInAStackWithoutEnv() {
    rejects(
        application()
            .logs(Logs.managed().encryptionKey(new Key(new Stack(app, "Agnostic"), "Key"))),
        "Here/App: encryptionKey Agnostic/Key is made in a stack without env, but the"
            + " application's is of 111122223333/eu-west-1");
  }

  @Test
  void rejectsALogBucketWithoutANameThatIsMadeInAStackWithoutEnv() {
    Stack agnostic = new Stack(app, "Agnostic");
    rejects(
        application().logs(Logs.managed().and(LogDestination.s3(new Bucket(agnostic, "Bucket")))),
        "Here/App: logs: bucket Agnostic/Bucket is made in a stack without env, but the"
            + " application's is of 111122223333/eu-west-1, where nothing can refer to it; give"
            + " both stacks the same env, or the bucket a name of its own");
  }

  @Test
  void takesALogBucketWithANameThatIsMadeInAStackWithoutEnv() {
    Stack agnostic = new Stack(app, "Agnostic");
    application()
        .logs(
            Logs.managed()
                .and(
                    LogDestination.s3(
                        Bucket.Builder.create(agnostic, "Bucket")
                            .bucketName("logs-of-spark")
                            .build())))
        .build();
    assertThat(Synth.warnings(here)).isEmpty();
  }

  @Test
  void rejectsALogGroupWithoutANameThatIsMadeInAStackWithoutEnv() {
    Stack agnostic = new Stack(app, "Agnostic");
    rejects(
        application()
            .logs(Logs.managed().and(LogDestination.cloudWatch(new LogGroup(agnostic, "Group")))),
        "Here/App: logs: log group Agnostic/Group is made in a stack without env");
  }

  @Test
  void rejectsAnExecutionRoleWithoutANameThatIsMadeInAStackWithoutEnv() {
    EmrServerlessApplication application = application().build();
    SessionExecutionRole role =
        SessionExecutionRole.Builder.create(new Stack(app, "Agnostic"), "Run").build();
    User developer = new User(here, "Developer");
    assertThatThrownBy(() -> application.grantDevelop(developer, role.getRole()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("execution role Agnostic/Run/Role is made in a stack without env");
  }

  @Test
  void takesAKeyOfItsOwnInAPartitionThatIsNew() {
    Stack eu = stack("Eu", "111122223333", "eusc-de-east-1");
    EmrServerlessApplication.Builder.create(eu, "App")
        .logs(
            Logs.managed()
                .encryptionKey(
                    Key.fromKeyArn(
                        eu,
                        "Key",
                        "arn:aws-eusc:kms:eusc-de-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")))
        .build();
    assertThat(Synth.warnings(eu)).singleElement().asString().contains("was made elsewhere");
  }

  @Test
  void rejectsAnArnOfAnotherPartition() {
    rejects(
        application()
            .logs(
                Logs.managed()
                    .encryptionKey(
                        Key.fromKeyArn(
                            here,
                            "Key",
                            "arn:aws-cn:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"))),
        "Here/App: encryptionKey Here/Key is in partition aws-cn, but the application is in aws;");
  }

  @Test
  void rejectsAVpcOfAnotherRegion() {
    rejects(
        application().vpc(new Vpc(there, "Vpc")),
        "Here/App: vpc There/Vpc is in 111122223333/us-east-1, but the application is in"
            + " 111122223333/eu-west-1; use a VPC of the application's own Region");
  }

  @Test
  void rejectsSubnetsOfAnotherRegion() {
    Vpc far = new Vpc(there, "Vpc");
    rejects(
        application()
            .vpc(
                new Vpc(here, "Vpc"),
                SubnetSelection.builder().subnets(far.getPrivateSubnets()).build()),
        "Here/App: vpcSubnets There/Vpc/PrivateSubnet1 is in 111122223333/us-east-1, but");
  }

  @Test
  void rejectsASecurityGroupOfAnotherRegion() {
    rejects(
        application()
            .vpc(new Vpc(here, "Vpc"))
            .securityGroups(
                List.of(
                    SecurityGroup.Builder.create(there, "Group")
                        .vpc(new Vpc(there, "Vpc"))
                        .build())),
        "Here/App: securityGroups There/Group is in 111122223333/us-east-1, but");
  }

  private software.amazon.awscdk.services.kms.IKey key(String region, String account) {
    return Key.fromKeyArn(
        here,
        "Key",
        "arn:aws:kms:%s:%s:key/1234abcd-12ab-34cd-56ef-1234567890ab".formatted(region, account));
  }

  private void acknowledge(EmrServerlessApplication application, String id) {
    assertThat(Synth.warnings(here)).isNotEmpty();
    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:" + id);
    assertThat(Synth.warnings(here)).isEmpty();
  }

  private void rejects(EmrServerlessApplication.Builder application, String message) {
    assertThatThrownBy(application::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(here, "App");
  }

  private Stack stack(String id, String account, String region) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account(account).region(region).build())
            .build());
  }
}
