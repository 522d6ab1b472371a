package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;

class EncryptionTest {

  private final Stack stack = new Stack();
  private final IKey key = Key.Builder.create(stack, "Key").enableKeyRotation(true).build();
  private final Logs logs = Logs.managed().encryptionKey(key);

  @Test
  void encryptsLogsWhereverTheyGo() {
    application()
        .logs(
            logs.and(
                    LogDestination.s3(
                        LogBucket.Builder.create(stack, "Logs")
                            .encryptionKey(key)
                            .build()
                            .getBucket()))
                .and(LogDestination.cloudWatch(LogGroup.Builder.create(stack, "Group").build())))
        .build();

    Object arn = stack.resolve(key.getKeyArn());
    Synth.hasApplication(
        stack,
        Map.of(
            "MonitoringConfiguration",
            Map.of(
                "ManagedPersistenceMonitoringConfiguration",
                Map.of("Enabled", true, "EncryptionKeyArn", arn),
                "S3MonitoringConfiguration",
                Match.objectLike(Map.of("EncryptionKeyArn", arn)),
                "CloudWatchLoggingConfiguration",
                Match.objectLike(Map.of("EncryptionKeyArn", arn)))));
  }

  @Test
  void letsTheServiceUseTheKeyForApplicationsOfTheAccount() {
    application().build();

    assertThat(keyPolicy())
        .contains(
            Map.of(
                "Effect", "Allow",
                "Principal", Map.of("Service", "emr-serverless.amazonaws.com"),
                "Action", List.of("kms:Decrypt", "kms:GenerateDataKey"),
                "Resource", "*",
                "Condition",
                    Map.of(
                        "StringLike",
                        Map.of(
                            "aws:SourceArn",
                            stack.resolve(
                                "arn:%s:emr-serverless:%s:%s:/applications/*"
                                    .formatted(
                                        stack.getPartition(),
                                        stack.getRegion(),
                                        stack.getAccount()))))))
        .hasSize(2);
  }

  @Test
  void letsCloudWatchUseTheKeyWhereLogsGoThere() {
    application()
        .logs(logs.and(LogDestination.cloudWatch(LogGroup.Builder.create(stack, "Group").build())))
        .build();

    assertThat(keyPolicy().toString())
        .contains("kms:EncryptionContext:aws:logs:arn")
        .contains("logs.");
  }

  @Test
  void letsTheExecutionRoleAndCallersUseTheKey() {
    LogGroup group = LogGroup.Builder.create(stack, "Group").build();
    EmrServerlessApplication application =
        application().logs(logs.and(LogDestination.cloudWatch(group))).build();
    Role execution =
        Role.Builder.create(stack, "Execution")
            .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
            .build();
    Role developer =
        Role.Builder.create(stack, "Developer").assumedBy(new AccountRootPrincipal()).build();
    application.grantDevelop(developer, execution);

    Object use =
        Map.of(
            "Effect", "Allow",
            "Action", List.of("kms:Decrypt", "kms:GenerateDataKey"),
            "Resource", stack.resolve(key.getKeyArn()));
    assertThat(statementsOf("Developer")).contains(use);
    assertThat(statementsOf("Execution"))
        .contains(
            use,
            Map.of(
                "Effect", "Allow",
                "Action", "logs:AssociateKmsKey",
                "Resource", stack.resolve(group.getLogGroupArn())));
  }

  @Test
  void warnsOfAKeyWhosePolicyIsKeptElsewhere() {
    String arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    EmrServerlessApplication.Builder.create(stack, "Application")
        .logs(
            Logs.managed()
                .encryptionKey(Key.fromKeyArn(stack, "Theirs", arn))
                .and(LogDestination.cloudWatch(LogGroup.Builder.create(stack, "Group").build())))
        .build();

    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains(
            "encryptionKey Default/Theirs was made elsewhere, so its key policy is not changed from"
                + " here, and without a statement for emr-serverless.amazonaws.com and one for"
                + " CloudWatch Logs sessions and job runs fail; add kms:Decrypt and"
                + " kms:GenerateDataKey there")
        .contains("@sparkgate/constructs:importedKey");
  }

  @Test
  void takesNoAlias() {
    assertThatThrownBy(
            EmrServerlessApplication.Builder.create(stack, "Application")
                    .logs(Logs.managed().encryptionKey(key.addAlias("logs")))
                ::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "Default/Application: encryptionKey received the alias Default/Key/.+, but the service"
                + " takes a key only; pass the key that it stands for");
  }

  @Test
  void makesABucketThatIsClosedAndEmptiesItself() {
    LogBucket.Builder.create(stack, "Logs").build();

    Template template = Template.fromStack(stack);
    template.hasResource(
        "AWS::S3::Bucket",
        Map.of(
            "DeletionPolicy",
            "Retain",
            "Properties",
            Map.of(
                "PublicAccessBlockConfiguration",
                    Map.of(
                        "BlockPublicAcls", true,
                        "BlockPublicPolicy", true,
                        "IgnorePublicAcls", true,
                        "RestrictPublicBuckets", true),
                "LifecycleConfiguration",
                    Map.of(
                        "Rules",
                        List.of(
                            Map.of(
                                "Status",
                                "Enabled",
                                "ExpirationInDays",
                                90,
                                "AbortIncompleteMultipartUpload",
                                Map.of("DaysAfterInitiation", 1)))))));
    assertThat(template.findResources("AWS::S3::BucketPolicy").toString())
        .contains("aws:SecureTransport=false");
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "Application").logs(logs);
  }

  private List<Object> keyPolicy() {
    return statements("AWS::KMS::Key", "Key", "KeyPolicy");
  }

  private List<Object> statementsOf(String role) {
    return statements("AWS::IAM::Policy", role, "PolicyDocument");
  }

  private List<Object> statements(String type, String id, String property) {
    return Template.fromStack(stack).findResources(type).entrySet().stream()
        .filter(resource -> resource.getKey().startsWith(id))
        .map(resource -> (Map<?, ?>) resource.getValue().get("Properties"))
        .map(properties -> (Map<?, ?>) properties.get(property))
        .flatMap(document -> ((List<?>) document.get("Statement")).stream())
        .map(Object.class::cast)
        .toList();
  }
}
