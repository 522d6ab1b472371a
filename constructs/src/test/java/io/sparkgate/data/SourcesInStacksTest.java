package io.sparkgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.NestedStack;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Stage;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.iam.FromRoleArnOptions;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketAttributes;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;

class SourcesInStacksTest {

  private static final String MINE = "111122223333";
  private static final String THEIRS = "444455556666";

  private final App app = new App();

  /** With data in a stack that is made first, as it should be. */
  @Test
  void takesBucketKeySecretAndTableOfAnotherStackAndOfANestedOne() {
    Stage stage = Stage.Builder.create(app, "Stage").build();
    Stack data = new Stack(stage, "Data");
    Stack spark = new Stack(stage, "Spark");
    NestedStack nested = new NestedStack(spark, "Nested");
    Key key = Key.Builder.create(data, "Key").build();

    SparkConnectPlatform.Builder.create(spark, "Platform")
        .with(
            DataSource.bucket(Bucket.Builder.create(data, "Bucket").encryptionKey(key).build())
                .below("sales")
                .readWrite())
        .with(DataSource.secret(Secret.Builder.create(data, "Secret").encryptionKey(key).build()))
        .with(DataSource.table(table(data)).read())
        .with(DataSource.bucket(Bucket.Builder.create(nested, "Bucket").build()).read())
        .with(
            DataSource.configurationSecret(
                Secret.Builder.create(data, "Setting").encryptionKey(key).build(),
                "spark.hadoop.some.password"))
        .build();

    Template template = Template.fromStack(spark);
    template.hasResourceProperties(
        "AWS::EC2::VPCEndpoint",
        Map.of(
            "VpcEndpointType",
            "Gateway",
            "ServiceName",
            Match.objectLike(
                Map.of(
                    "Fn::Join", Match.arrayWith(List.of(Match.arrayWith(List.of(".dynamodb"))))))));
    template.resourcePropertiesCountIs(
        "AWS::EC2::VPCEndpoint", Map.of("VpcEndpointType", "Interface"), 1);
    Synth.hasStatement(
        spark, Map.of("Action", "s3:GetObject", "Resource", Match.anyValue(), "Effect", "Allow"));
  }

  @Test
  void letsARoleIntoABucketOfAnotherAccountThatIsMadeHere() {
    Stack theirs = in("Theirs", THEIRS, "eu-west-1");
    Stack mine = in("Mine", MINE, "eu-west-1");
    Bucket bucket = Bucket.Builder.create(theirs, "Bucket").bucketName("sales-of-theirs").build();
    Role role =
        Role.Builder.create(mine, "Role")
            .roleName("spark-of-mine")
            .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
            .build();

    DataSource.bucket(bucket).below("a/").read().grantTo(role);

    Template.fromStack(theirs)
        .hasResourceProperties(
            "AWS::S3::BucketPolicy",
            Map.of(
                "PolicyDocument",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        Match.arrayWith(
                            List.of(
                                Match.objectLike(
                                    Map.of(
                                        "Action",
                                        "s3:ListBucket",
                                        "Condition",
                                        Match.anyValue(),
                                        "Principal",
                                        Match.anyValue())),
                                Match.objectLike(Map.of("Action", "s3:GetObject"))))))));
  }

  @Test
  void letsARoleIntoTheTemporaryFolderOfRedshiftInAnotherAccountAndAsksForNothingElseThere() {
    Stack theirs = in("Theirs", THEIRS, "eu-west-1");
    Bucket bucket = Bucket.Builder.create(theirs, "Bucket").bucketName("temp-of-theirs").build();
    Role role =
        Role.Builder.create(in("Mine", MINE, "eu-west-1"), "Role")
            .roleName("spark-of-mine")
            .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
            .build();

    DataSource.redshiftCluster("warehouse", "dev", "spark")
        .tempDirectory(DataSource.bucket(bucket))
        .grantTo(role);

    assertThat(Template.fromStack(theirs).findResources("AWS::S3::BucketPolicy").toString())
        .contains("s3:PutObject", ":role/spark-of-mine")
        .doesNotContain("redshift:");
  }

  @Test
  void asksForANameWhereABucketsPolicyHasToNameARole() {
    Stack theirs = in("Theirs", THEIRS, "eu-west-1");
    Stack mine = in("Mine", MINE, "eu-west-1");
    Bucket bucket = Bucket.Builder.create(theirs, "Bucket").bucketName("sales-of-theirs").build();

    assertThatThrownBy(() -> DataSource.bucket(bucket).read().grantTo(role(mine)))
        .hasMessage(
            "Theirs/Bucket: role Mine/Execution/Role is made in a stack of 111122223333/eu-west-1, but the data's is of 444455556666/eu-west-1, where nothing can refer to it; give both stacks the same env, or the role a name (roleName)");
  }

  @Test
  void asksForANameOfABucketInAnotherEnv() {
    Bucket bucket = Bucket.Builder.create(in("Far", MINE, "us-east-1"), "Bucket").build();

    assertThatThrownBy(
            () -> DataSource.bucket(bucket).read().grantTo(role(in("Mine", MINE, "eu-west-1"))))
        .hasMessage(
            "Mine/Execution/Role: data Far/Bucket is made in a stack of 111122223333/us-east-1, but the role's is of 111122223333/eu-west-1, where nothing can refer to it; give both stacks the same env, or it a name (bucketName)");
  }

  @Test
  void warnsThatAnotherAccountMustLetTheRoleIn() {
    Stack mine = in("Mine", MINE, "eu-west-1");
    IBucket bucket =
        Bucket.fromBucketAttributes(
            mine,
            "Bucket",
            BucketAttributes.builder()
                .bucketName("theirs")
                .account(THEIRS)
                .encryptionKey(
                    Key.fromKeyArn(
                        mine, "Key", "arn:aws:kms:eu-west-1:%s:key/0a1b".formatted(THEIRS)))
                .build());

    DataSource.bucket(bucket).read().grantTo(role(mine));

    assertThat(Synth.warnings(mine))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(
                        "DataSource.bucket 'Mine/Bucket' is of account 444455556666, and its policy is not changed from here, so the role of 111122223333 is refused until that account lets it in; policyOfOtherAccount(role) has the statements")
                    .contains("policyOfOtherAccount"))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(
                        "DataSource.bucket 'Mine/Bucket' is encrypted with the key Mine/Key of account 444455556666, whose policy is not changed from here; let the role call kms:Decrypt there"));
  }

  @Test
  void refusesATableOfAnotherAccountWithoutARoleThere() {
    Stack mine = in("Mine", MINE, "eu-west-1");
    SourceAccess access =
        DataSource.table(
                Table.fromTableArn(
                    mine, "Table", "arn:aws:dynamodb:eu-west-1:%s:table/orders".formatted(THEIRS)))
            .read();

    assertThatThrownBy(() -> access.grantTo(role(mine)))
        .hasMessage(
            "Mine/Execution/Role: DataSource.table 'Mine/Table' is of account 444455556666, but the role of 111122223333, and has no policy that lets it in; make a role there and use DataSource.assumedRoleForDynamoDb");
    assertThatThrownBy(() -> access.policyOfOtherAccount(role(in("Other", MINE, "eu-west-1"))))
        .hasMessage(
            "DataSource.table 'Mine/Table' has no policy of its own that could let another account in; let the role assume one of that account (DataSource.assumedRole and its like)");
  }

  @Test
  void saysThatAnImmutableRoleGetsNothing() {
    Stack mine = in("Mine", MINE, "eu-west-1");
    IRole role =
        Role.fromRoleArn(
            mine,
            "Role",
            "arn:aws:iam::%s:role/spark".formatted(MINE),
            FromRoleArnOptions.builder().mutable(false).build());

    DataSource.bucket(Bucket.fromBucketName(mine, "Bucket", "sales")).read().grantTo(role);

    assertThat(Synth.warnings(mine))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("grantee Mine/Role is not changed from here")
                    .contains("grantNotAttached"));
  }

  @Test
  void makesARoleOfTheSameStackTrustWhoBecomesIt() {
    Stack mine = in("Mine", MINE, "eu-west-1");
    Role assumed =
        Role.Builder.create(mine, "Assumed")
            .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
            .build();

    DataSource.assumedRole(assumed).grantTo(role(mine));

    Template.fromStack(mine)
        .hasResourceProperties(
            "AWS::IAM::Role",
            Map.of(
                "AssumeRolePolicyDocument",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        Match.arrayWith(
                            List.of(
                                Match.objectLike(
                                    Map.of(
                                        "Action",
                                        "sts:AssumeRole",
                                        "Principal",
                                        Map.of(
                                            "AWS",
                                            Match.objectLike(
                                                Map.of("Fn::GetAtt", Match.anyValue())))))))))));
    assertThat(Synth.warnings(mine)).noneMatch(warning -> warning.contains("assumedRoleTrust"));
  }

  @Test
  void warnsOfARoleOfAnotherStackWhoseTrustItDoesNotChange() {
    Stack mine = in("Mine", MINE, "eu-west-1");

    DataSource.assumedRole(
            Role.fromRoleArn(mine, "Assumed", "arn:aws:iam::%s:role/data".formatted(THEIRS)))
        .grantTo(role(mine));

    assertThat(Synth.warnings(mine))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(
                        "DataSource.assumedRole 'Mine/Assumed': the trust policy of Mine/Assumed is not changed from here; it must let this role call sts:AssumeRole, or every query would be refused"));
  }

  private static Table table(Construct scope) {
    return Table.Builder.create(scope, "Table")
        .partitionKey(Attribute.builder().name("id").type(AttributeType.STRING).build())
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
