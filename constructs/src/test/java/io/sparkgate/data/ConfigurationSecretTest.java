package io.sparkgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnElement;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;

class ConfigurationSecretTest {

  private static final String PASSWORD = "spark.hadoop.javax.jdo.option.ConnectionPassword";
  private static final String ARN =
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:metastore-AbCdEf";

  private final Stack stack = in("Stack", "111122223333", "eu-west-1");

  @Test
  void refersToASecretWithItsSixCharactersAndNeverHasItsValue() {
    Secret secret = secret();

    build(DataSource.configurationSecret(secret, PASSWORD));

    assertThat(properties())
        .hasToString(
            "{%s={Fn::Join=[, [EMR.secret@, {Fn::Select=[6, {Fn::Split=[:, {Ref=%s}]}]}]]}}"
                .formatted(
                    PASSWORD, stack.getLogicalId((CfnElement) secret.getNode().getDefaultChild())));
  }

  @Test
  void takesThePlaceOfAnImportedSecretFromItsArn() {
    build(DataSource.configurationSecret(imported(ARN), "hive-site", "some.password"));

    assertThat(properties()).hasToString("{some.password=EMR.secret@metastore-AbCdEf}");
    assertThat(Synth.warnings(stack))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains(
                        "secret Stack/Secret or its key was made elsewhere, so their policies are not changed from here"));
  }

  @Test
  void letsTheServiceReadSecretAndKeyForApplicationsOfThisAccountOnly() {
    build(DataSource.configurationSecret(secret(), PASSWORD));

    Template template = Template.fromStack(stack);
    template.hasResourceProperties(
        "AWS::SecretsManager::ResourcePolicy",
        Map.of(
            "ResourcePolicy",
            Match.objectLike(
                Map.of(
                    "Statement",
                    List.of(
                        Map.of(
                            "Action",
                            List.of(
                                "secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"),
                            "Condition",
                            Map.of(
                                "ArnLike",
                                Match.objectLike(Map.of("aws:SourceArn", Match.anyValue())),
                                "StringEquals",
                                Map.of("aws:SourceAccount", "111122223333")),
                            "Effect",
                            "Allow",
                            "Principal",
                            Map.of("Service", "emr-serverless.amazonaws.com"),
                            "Resource",
                            "*"))))));
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
                                    "Condition",
                                    Map.of(
                                        "StringEquals",
                                        Map.of(
                                            "kms:ViaService",
                                            "secretsmanager.eu-west-1.amazonaws.com")),
                                    "Principal",
                                    Map.of("Service", "emr-serverless.amazonaws.com")))))))));
    assertThat(Synth.warnings(stack)).noneMatch(warning -> warning.contains("made elsewhere"));
  }

  @Test
  void asksForACustomerManagedKey() {
    Secret secret = Secret.Builder.create(stack, "Secret").build();

    assertThatThrownBy(() -> DataSource.configurationSecret(secret, PASSWORD))
        .hasMessage(
            "DataSource.configurationSecret 'Stack/Secret' is encrypted with the key of AWS, which EMR Serverless cannot use; give the secret an encryptionKey, a customer managed key");
  }

  @Test
  void asksForTheWholeNameOfAnImportedSecret() {
    ISecret secret = Secret.fromSecretNameV2(stack, "Secret", "metastore");

    assertThatThrownBy(() -> DataSource.configurationSecret(secret, PASSWORD))
        .hasMessage(
            "DataSource.configurationSecret 'Stack/Secret' is imported without the six characters that end its ARN, but the reference has them; use Secret.fromSecretCompleteArn, or fromSecretAttributes with secretCompleteArn");
  }

  @Test
  void refusesASecretOfAnotherAccountOrRegion() {
    assertThatThrownBy(
            () ->
                build(
                    DataSource.configurationSecret(
                        imported(ARN.replace("111122223333", "444455556666")), PASSWORD)))
        .hasMessage(
            "Stack/App: DataSource.configurationSecret 'Stack/Secret' is of 444455556666/eu-west-1, but the application of 111122223333/eu-west-1, and the reference has only a name; use a secret of the application's account and Region");
    Stack far = in("Far", "111122223333", "us-east-1");
    ISecret secret = Secret.fromSecretCompleteArn(far, "Secret", ARN);
    assertThatThrownBy(
            () ->
                EmrServerlessApplication.Builder.create(far, "App")
                    .with(DataSource.configurationSecret(secret, PASSWORD).acrossRegions())
                    .build())
        .hasMessageContaining(
            "is of 111122223333/eu-west-1, but the application of 111122223333/us-east-1");
  }

  private static Stack in(String id, String account, String region) {
    return new Stack(
        new App(),
        id,
        StackProps.builder()
            .env(Environment.builder().account(account).region(region).build())
            .build());
  }

  private Secret secret() {
    return Secret.Builder.create(stack, "Secret")
        .encryptionKey(Key.Builder.create(stack, "Key").build())
        .build();
  }

  private ISecret imported(String arn) {
    return Secret.fromSecretCompleteArn(stack, "Secret", arn);
  }

  private void build(SourceAccess access) {
    EmrServerlessApplication.Builder.create(stack, "App").with(access).build();
  }

  private Object properties() {
    List<?> runtime = (List<?>) Synth.application(stack).get("RuntimeConfiguration");
    return ((Map<?, ?>) runtime.get(0)).get("Properties");
  }
}
