package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.IBucket;

class LogDestinationTest {

  private final App app = new App();
  private final Stack stack = new Stack(app, "Stack");
  private final IBucket bucket = Bucket.fromBucketName(stack, "Bucket", "logs-of-spark");
  private final Role role =
      Role.Builder.create(stack, "Execution")
          .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
          .build();

  @ParameterizedTest
  @CsvSource({
    "'', s3://logs-of-spark/",
    "a/b, s3://logs-of-spark/a/b/",
    "a/, s3://logs-of-spark/a/"
  })
  void writesToAFolderOfTheBucket(String prefix, String uri) {
    application().logs(Logs.managed().and(LogDestination.s3(bucket, prefix))).build();
    Synth.hasApplication(
        stack,
        Map.of(
            "MonitoringConfiguration",
            Map.of(
                "ManagedPersistenceMonitoringConfiguration",
                Map.of("Enabled", true),
                "S3MonitoringConfiguration",
                Map.of("LogUri", uri))));
  }

  @Test
  void rejectsAFolderWithoutAName() {
    assertThatThrownBy(() -> LogDestination.s3(bucket, "/logs"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prefix '/logs'")
        .hasMessageContaining("leave out the slash at its start");
  }

  @Test
  void writesToTheLogGroupAsWell() {
    application()
        .logs(
            Logs.managed()
                .and(LogDestination.s3(bucket))
                .and(
                    LogDestination.cloudWatch(LogGroup.fromLogGroupName(stack, "Group", "/spark"))))
        .build();
    Synth.hasApplication(
        stack,
        Map.of(
            "MonitoringConfiguration",
            Map.of(
                "S3MonitoringConfiguration",
                Map.of("LogUri", "s3://logs-of-spark/"),
                "CloudWatchLoggingConfiguration",
                Map.of("Enabled", true, "LogGroupName", "/spark"))));
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void letsTheRoleWriteToItsFolderOnly() {
    application().logs(Logs.managed().and(LogDestination.s3(bucket, "a"))).build().grantRun(role);
    hasStatements(
        List.of(
            Map.of(
                "Effect",
                "Allow",
                "Action",
                "s3:PutObject",
                "Resource",
                Map.of(
                    "Fn::Join",
                    List.of(
                        "",
                        List.of(
                            "arn:",
                            Map.of("Ref", "AWS::Partition"),
                            ":s3:::logs-of-spark/a/*"))))));
  }

  @Test
  void letsTheRoleUseTheKeyOfTheBucket() {
    Bucket encrypted =
        Bucket.Builder.create(stack, "Encrypted").encryptionKey(new Key(stack, "Key")).build();
    application().logs(Logs.managed().and(LogDestination.s3(encrypted))).build().grantRun(role);
    hasStatements(
        List.of(
            Match.objectLike(Map.of("Action", "s3:PutObject")),
            Match.objectLike(Map.of("Action", List.of("kms:Decrypt", "kms:GenerateDataKey")))));
  }

  @Test
  void letsTheRoleWriteToItsLogGroupOnly() {
    LogGroup group = new LogGroup(stack, "Group");
    application().logs(Logs.managed().and(LogDestination.cloudWatch(group))).build().grantRun(role);
    hasStatements(
        List.of(
            Map.of(
                "Effect",
                "Allow",
                "Action",
                List.of(
                    "logs:CreateLogGroup",
                    "logs:CreateLogStream",
                    "logs:DescribeLogStreams",
                    "logs:PutLogEvents"),
                "Resource",
                stack.resolve(group.getLogGroupArn())),
            Map.of(
                "Effect",
                "Allow",
                "Action",
                "logs:DescribeLogGroups",
                "Resource",
                Map.of(
                    "Fn::Join",
                    List.of(
                        "",
                        List.of(
                            "arn:",
                            Map.of("Ref", "AWS::Partition"),
                            ":logs:",
                            Map.of("Ref", "AWS::Region"),
                            ":",
                            Map.of("Ref", "AWS::AccountId"),
                            ":*"))))));
  }

  @Test
  void needsNoPermissionForManagedLogs() {
    application().build().grantRun(role);
    Template.fromStack(stack).resourceCountIs("AWS::IAM::Policy", 0);
  }

  @Test
  void rejectsAnApplicationWithoutAnyLogs() {
    var application =
        application().logs(Logs.only(LogDestination.cloudWatch(new LogGroup(stack, "Group"))));
    assertThatThrownBy(application::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Stack/App: logs are not managed and name no bucket")
        .hasMessageContaining("add and(LogDestination.s3(bucket))");
  }

  @Test
  void warnsThatSessionsHaveNoUiWithoutManagedLogs() {
    EmrServerlessApplication application =
        application().logs(Logs.only(LogDestination.s3(bucket))).build();
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("no Spark UI")
        .endsWith("[ack: @sparkgate/constructs:managedLogStorageOff]");
    Synth.hasApplication(
        stack,
        Map.of(
            "MonitoringConfiguration",
            Map.of("ManagedPersistenceMonitoringConfiguration", Map.of("Enabled", false))));

    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:managedLogStorageOff");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void rejectsASecondPlaceOfTheSameKind() {
    var application =
        application()
            .logs(
                Logs.managed().and(LogDestination.s3(bucket)).and(LogDestination.s3(bucket, "b")));
    assertThatThrownBy(application::build)
        .hasMessage("Stack/App: logs name 2 buckets and 0 log groups; use at most one of each");
  }

  @Test
  void rejectsABucketOfAnotherRegion() {
    Stack here = stackIn("Here", "eu-west-1");
    Bucket there = new Bucket(stackIn("There", "eu-central-1"), "Bucket");
    var application =
        EmrServerlessApplication.Builder.create(here, "App")
            .logs(Logs.managed().and(LogDestination.s3(there)));
    assertThatThrownBy(application::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Here/App: logs go to bucket There/Bucket in 123456789012/eu-central-1, but the"
                + " application is in 123456789012/eu-west-1; use a bucket in the application's own"
                + " account and Region");
  }

  private Stack stackIn(String id, String region) {
    return new Stack(
        app,
        id,
        StackProps.builder()
            .env(Environment.builder().account("123456789012").region(region).build())
            .build());
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }

  private void hasStatements(List<?> statements) {
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::IAM::Policy",
            Map.of("PolicyDocument", Map.of("Version", "2012-10-17", "Statement", statements)));
  }
}
