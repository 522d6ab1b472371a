package io.sparkgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.rds.DatabaseSecret;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;

class HiveMetastoreTest {

  private static final String ARN =
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:hive/password-AbCdEf";

  private final Stack stack = new Stack(new App(), "Stack");

  @Test
  void findsThriftServers() {
    platform(HiveMetastore.thrift("thrift://10.0.1.2:9083", "thrift://10.0.1.3:9083"));
    assertThat(Template.fromStack(stack).toJSON().toString())
        .contains(
            "spark.hadoop.hive.metastore.uris=thrift://10.0.1.2:9083,thrift://10.0.1.3:9083",
            "spark.sql.catalogImplementation=hive");
  }

  @Test
  void keepsUserAndPasswordOutOfTheTemplate() {
    platform(jdbc(secret("User"), secret("Password")));

    Template template = Template.fromStack(stack);
    assertThat(template.toJSON().toString())
        .contains(
            "spark.hadoop.javax.jdo.option.ConnectionURL=jdbc:mariadb://db.example.com:3306/hive",
            "spark.hadoop.javax.jdo.option.ConnectionDriverName=org.mariadb.jdbc.Driver",
            "[EMR.secret@, {Fn::Select=[6, {Fn::Split=[:, {Ref=Password",
            "spark.jars=s3://my-jars/mariadb.jar");
    Synth.hasStatement(stack, Map.of("Action", "s3:GetObject", "Effect", "Allow"));
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void letsTheServiceReadTheSecretsForApplicationsOfTheAccount() {
    platform(jdbc(secret("User"), secret("Password")));

    Template template = Template.fromStack(stack);
    template.resourceCountIs("AWS::SecretsManager::ResourcePolicy", 2);
    template.hasResourceProperties(
        "AWS::SecretsManager::ResourcePolicy",
        Map.of(
            "ResourcePolicy",
            Match.objectLike(
                Map.of(
                    "Statement",
                    Match.arrayWith(
                        List.of(
                            Match.objectLike(
                                Map.of(
                                    "Action",
                                    List.of(
                                        "secretsmanager:DescribeSecret",
                                        "secretsmanager:GetSecretValue"),
                                    "Principal",
                                    Map.of("Service", "emr-serverless.amazonaws.com"),
                                    "Condition",
                                    Match.objectLike(Map.of("ArnLike", Match.anyValue()))))))))));
    template.hasResourceProperties(
        "AWS::KMS::Key",
        Map.of(
            "KeyPolicy",
            Match.objectLike(
                Map.of(
                    "Statement",
                    Match.arrayWith(
                        List.of(
                            Match.objectLike(
                                Map.of(
                                    "Action",
                                    List.of("kms:Decrypt", "kms:DescribeKey"),
                                    "Principal",
                                    Map.of("Service", "emr-serverless.amazonaws.com")))))))));
  }

  @Test
  void refusesASecretThatTheServiceCannotDecrypt() {
    ISecret plain = Secret.Builder.create(stack, "Plain").build();
    assertThatThrownBy(() -> platform(jdbc(secret("User"), plain)))
        .hasMessageStartingWith(
            "DataSource.configurationSecret 'Stack/Plain' is encrypted with the key of AWS, which EMR"
                + " Serverless cannot use; give the secret an encryptionKey");
  }

  @Test
  void refusesOneSecretForBoth() {
    assertThatThrownBy(() -> jdbc(secret("Both"), secret("Both")))
        .hasMessage(
            "HiveMetastore.jdbc: user and password are both secret Stack/Both, but the whole text of"
                + " a secret is the value; make a secret for each");
  }

  @Test
  void refusesTheSecretOfADatabaseWhichIsJson() {
    ISecret json =
        DatabaseSecret.Builder.create(stack, "Database")
            .username("hive")
            .encryptionKey(Key.Builder.create(stack, "Key").build())
            .build();
    assertThatThrownBy(() -> jdbc(secret("User"), json))
        .hasMessage(
            "HiveMetastore.jdbc: secret Stack/Database is JSON, as those of databases are, but the"
                + " whole text of a secret is the value; make a secret for the name of the user, and"
                + " one for the password");
  }

  @Test
  void refusesASecretWithoutTheLettersOfItsArn() {
    ISecret named = Secret.fromSecretNameV2(stack, "Named", "hive/password");
    assertThatThrownBy(() -> platform(jdbc(secret("User"), named)))
        .hasMessageStartingWith(
            "DataSource.configurationSecret 'Stack/Named' is imported without the six characters");
  }

  @Test
  void warnsOfAnImportedSecretAndNamesItAsTheServiceDoes() {
    platform(jdbc(secret("User"), Secret.fromSecretCompleteArn(stack, "Given", ARN)));
    assertThat(Template.fromStack(stack).toJSON().toString())
        .contains("EMR.secret@hive/password-AbCdEf");
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .startsWith("secret Stack/Given or its key was made elsewhere");
  }

  @Test
  void needsAVpc() {
    var application =
        EmrServerlessApplication.Builder.create(stack, "App")
            .with(Catalog.hiveMetastore(HiveMetastore.thrift("thrift://10.0.1.2:9083")));
    assertThatThrownBy(application::build)
        .hasMessage("Stack/App: Catalog.hiveMetastore is out of reach without a VPC; set vpc");
  }

  @Test
  void refusesGlueBesideIt() {
    var application =
        EmrServerlessApplication.Builder.create(stack, "App")
            .with(Catalog.glue())
            .with(Catalog.hiveMetastore(HiveMetastore.thrift("thrift://10.0.1.2:9083")));
    assertThatThrownBy(application::build)
        .hasMessageContaining(
            "has two values of 'spark.hadoop.hive.metastore.client.factory.class': Catalog.glue sets")
        .hasMessageContaining("and Catalog.hiveMetastore sets");
  }

  @Test
  void grantsNoTable() {
    assertThatThrownBy(
            () ->
                Catalog.hiveMetastore(HiveMetastore.thrift("thrift://10.0.1.2:9083"))
                    .grantRead(new AccountRootPrincipal(), "a"))
        .hasMessage(
            "Catalog.hiveMetastore: tables cannot be granted here, because the metastore itself says"
                + " who may do what; grant the buckets that its tables are in");
  }

  @Test
  void refusesWhatIsNoAddress() {
    assertThatThrownBy(HiveMetastore::thrift).hasMessageContaining("received no URI");
    assertThatThrownBy(() -> HiveMetastore.thrift("10.0.1.2"))
        .hasMessage(
            "HiveMetastore.thrift received '10.0.1.2', but takes URIs with a port, such as"
                + " thrift://10.0.1.2:9083");
    assertThatThrownBy(() -> by("mysql://db/hive"))
        .hasMessageStartingWith("HiveMetastore.jdbc received the url 'mysql://db/hive'");
    assertThatThrownBy(() -> by("jdbc:mysql://db/hive?user=me&password=secret"))
        .hasMessageStartingWith("HiveMetastore.jdbc: url has a password in it")
        .hasMessageNotContaining("secret@")
        .hasMessageNotContaining("user=me");
  }

  private HiveMetastore jdbc(ISecret user, ISecret password) {
    return jdbc("jdbc:mariadb://db.example.com:3306/hive", user, password);
  }

  private HiveMetastore jdbc(String url, ISecret user, ISecret password) {
    return HiveMetastore.jdbc(
        url,
        user,
        password,
        "org.mariadb.jdbc.Driver",
        stack.getNode().tryFindChild("Jars") instanceof IBucket made
            ? made
            : Bucket.fromBucketName(stack, "Jars", "my-jars"),
        "mariadb.jar");
  }

  private HiveMetastore by(String url) {
    return jdbc(url, secret("User"), secret("Password"));
  }

  private ISecret secret(String id) {
    return stack.getNode().tryFindChild(id) instanceof ISecret made
        ? made
        : Secret.Builder.create(stack, id)
            .encryptionKey(
                stack.getNode().tryFindChild("Key") instanceof Key key
                    ? key
                    : Key.Builder.create(stack, "Key").build())
            .build();
  }

  private void platform(HiveMetastore metastore) {
    SparkConnectPlatform.Builder.create(stack, "Platform")
        .catalog(Catalog.hiveMetastore(metastore))
        .build();
  }
}
