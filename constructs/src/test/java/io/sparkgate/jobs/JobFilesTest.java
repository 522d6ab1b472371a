package io.sparkgate.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.testing.Synth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.assets.Asset;

class JobFilesTest {

  @TempDir private static Path directory;

  private final Stack stack =
      new Stack(
          new App(),
          "Stack",
          StackProps.builder()
              .env(Environment.builder().account("111122223333").region("eu-west-1").build())
              .build());
  private final IRole role =
      SessionExecutionRole.Builder.create(stack, "Execution").build().getRole();

  @Test
  void letsARoleReadTheseFilesAndNoOtherAsset() throws IOException {
    Asset one = asset("One", "one.py");
    Asset two = asset("Two", "two.txt");

    JobFiles.of(one, two).grantRead(role).assertSuccess();

    String bucket = "arn:${Partition}:s3:::cdk-hnb659fds-assets-111122223333-eu-west-1";
    Synth.hasPolicy(
        stack,
        Map.of(
            "Action",
            "s3:GetObject",
            "Effect",
            "Allow",
            "Resource",
            List.of(
                resolved(bucket + "/" + one.getS3ObjectKey()),
                resolved(bucket + "/" + two.getS3ObjectKey()))),
        Map.of(
            "Action",
            "s3:ListBucket",
            "Condition",
            Map.of(
                "StringEquals",
                Map.of(
                    "s3:prefix",
                    List.of(
                        one.getS3ObjectKey(),
                        one.getS3ObjectKey() + "/",
                        two.getS3ObjectKey(),
                        two.getS3ObjectKey() + "/"))),
            "Effect",
            "Allow",
            "Resource",
            resolved(bucket)));
  }

  @Test
  void namesFilesAsSparkReadsThem() throws IOException {
    assertThat(JobFiles.of(asset("One", "one.py"), asset("Two", "two.txt")).getUrls())
        .matches("s3://[^/]+/[0-9a-f]{64}\\.py,s3://[^/]+/[0-9a-f]{64}\\.txt");
  }

  @Test
  void refusesNoFile() {
    assertThatThrownBy(JobFiles::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("JobFiles.of received no asset; name at least one");
  }

  @Test
  void refusesToGrantWhereNoPolicyReaches() throws IOException {
    JobFiles files = JobFiles.of(asset("One", "one.py"));
    IRole other = Role.fromRoleArn(stack, "Other", "arn:aws:iam::999988887777:role/Other");

    assertThatThrownBy(() -> files.grantRead(new AccountPrincipal("111122223333")))
        .hasMessageStartingWith(
            "Stack/One: grantee AccountPrincipal is no role, user or group that a policy can be"
                + " attached to, and their bucket gets no resource policies");
    assertThatThrownBy(() -> files.grantRead(other))
        .hasMessageStartingWith(
            "Stack/One: grantee Stack/Other is of account 999988887777, but the files of"
                + " 111122223333; their bucket gets no resource policies");
  }

  @Test
  void letsARoleReplaceWhatItWrote() {
    ResultsBucket results =
        ResultsBucket.Builder.create(stack, "Results")
            .encryptionKey(Key.Builder.create(stack, "Key").build())
            .build();

    results.grantWrite(role).assertSuccess();

    Synth.hasStatement(
        stack,
        Map.of(
            "Action",
            List.of("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject")));
    Synth.hasStatement(stack, Map.of("Action", List.of("kms:Decrypt", "kms:GenerateDataKey")));
  }

  @Test
  void keepsResultsForWholeDays() {
    assertThatThrownBy(
            () ->
                ResultsBucket.Builder.create(stack, "Results")
                    .expireAfter(Duration.hours(36))
                    .build())
        .hasMessage("Stack/Results: expireAfter is 1 day 12 hours; use whole days, 1 or more");
  }

  private Asset asset(String id, String name) throws IOException {
    Path file = directory.resolve(name);
    Files.writeString(file, name);
    return Asset.Builder.create(stack, id).path(file.toString()).build();
  }

  private Object resolved(String arn) {
    String[] parts = arn.split("\\$\\{Partition}");
    return Map.of(
        "Fn::Join", List.of("", List.of(parts[0], Map.of("Ref", "AWS::Partition"), parts[1])));
  }
}
