package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.connection.ConnectionParameters;
import io.sparkgate.spark.Classification;
import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.testing.Synth;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.SessionGuard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;

class ApplicationTypeTest {

  private static final String INSTANCE = "arn:aws:sso:::instance/ssoins-1234567890abcdef";

  private final Stack stack = new Stack(new App(), "Stack");

  @Test
  void takesSessionsIfNothingIsSaid() {
    of(ApplicationType.spark());
    assertThat(Synth.application(stack).get("Type")).isEqualTo("SPARK");
    assertThat(Synth.application(stack).get("InteractiveConfiguration"))
        .isEqualTo(Map.of("SessionEnabled", true));
  }

  @Test
  void takesLivyAndStudioBesideSessions() {
    of(ApplicationType.spark().withLivy().withStudio());
    assertThat(Synth.application(stack).get("InteractiveConfiguration"))
        .isEqualTo(
            Map.of("SessionEnabled", true, "LivyEndpointEnabled", true, "StudioEnabled", true));
  }

  @Test
  void namesNothingInteractiveWhereNothingIs() {
    of(ApplicationType.spark().withoutSessions());
    assertThat(Synth.application(stack).containsKey("InteractiveConfiguration")).isFalse();
  }

  @Test
  void takesOlderReleasesWithoutSessions() {
    EmrServerlessApplication.Builder.create(stack, "App")
        .type(ApplicationType.spark().withoutSessions())
        .releaseLabel(ReleaseLabel.of("emr-7.1.0"))
        .build();
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void runsHiveWithItsFoldersInBucketsOfThisApp() {
    Bucket bucket = Bucket.Builder.create(stack, "Bucket").build();
    of(ApplicationType.hive(bucket, bucket));
    assertThat(Synth.application(stack).get("Type")).isEqualTo("HIVE");
    assertThat(String.valueOf(Synth.application(stack).get("RuntimeConfiguration")))
        .contains("hive.exec.scratchdir", "/scratch", "hive.metastore.warehouse.dir", "/warehouse");
    assertThat(Synth.application(stack).containsKey("InteractiveConfiguration")).isFalse();
  }

  @Test
  void letsTheExecutionRoleUseTheFoldersOfHiveAndNothingBeside() {
    of(ApplicationType.hive("s3://scratch/hive/tmp", "s3://tables/warehouse/")).grantRun(role());
    Synth.hasStatement(
        stack,
        Map.of(
            "Action",
            "s3:ListBucket",
            "Condition",
            Map.of(
                "StringLikeIfExists", Map.of("s3:prefix", List.of("warehouse", "warehouse/*")))));
    Synth.hasStatement(
        stack,
        Map.of(
            "Action",
            List.of("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"),
            "Resource",
            List.of(arn("scratch/hive/tmp"), arn("scratch/hive/tmp/*"))));
    Synth.hasStatement(
        stack,
        Map.of(
            "Action",
            List.of("s3:DeleteObject", "s3:GetObject", "s3:PutObject"),
            "Resource",
            arn("scratch/hive/tmp_$folder$")));
  }

  @Test
  void letsTheExecutionRoleUseTheKeyOfHivesBucket() {
    Bucket bucket =
        Bucket.Builder.create(stack, "Bucket")
            .encryptionKey(Key.Builder.create(stack, "Key").build())
            .build();
    of(ApplicationType.hive(bucket, bucket)).grantRun(role());
    Synth.hasStatement(stack, Map.of("Action", List.of("kms:Decrypt", "kms:GenerateDataKey")));
  }

  @Test
  void keepsDriversOfHiveAndTasksOfTezWarm() {
    EmrServerlessApplication.Builder.create(stack, "App")
        .type(ApplicationType.hive("s3://bucket/scratch", "s3://bucket/warehouse"))
        .warmPool(
            WarmPool.of(
                1,
                WorkerSize.of(2, 4),
                1,
                WorkerSize.of(4, 8).withDisk(Disk.shuffleOptimized(500))))
        .capacityLimit(CapacityLimit.of(16, 64, 640))
        .build();
    assertThat((List<?>) Synth.application(stack).get("InitialCapacity"))
        .extracting(workers -> ((Map<?, ?>) workers).get("Key"))
        .isEqualTo(List.of("HiveDriver", "TezTask"));
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bucket/scratch",
        "s3://bucket",
        "s3://bucket/",
        "https://bucket/x",
        "s3://a/scratch",
        ""
      })
  void refusesWhatIsNoFolder(String url) {
    assertThatThrownBy(() -> ApplicationType.hive(url, "s3://bucket/warehouse"))
        .hasMessage(
            "ApplicationType.hive: scratchUrl received '%s', but takes the URL of a folder or an"
                    .formatted(url)
                + " object in a bucket of 3 to 63 letters, digits, dots and hyphens, such as"
                + " s3://bucket/folder; of a bucket that is made here pass the bucket itself");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "emr-6.5.0|releaseLabel emr-6.5.0 has no EMR Serverless; use emr-6.6.0",
        "emr-6.13.0|releaseLabel emr-6.13.0 has no Livy endpoint; use emr-6.14.0",
      })
  void refusesAReleaseBeforeTheWayToIt(String release, String message) {
    var builder =
        EmrServerlessApplication.Builder.create(stack, "App")
            .type(ApplicationType.spark().withoutSessions().withLivy().withStudio())
            .releaseLabel(ReleaseLabel.of(release));
    assertThatThrownBy(builder::build).hasMessage("Stack/App: " + message + " or a later release");
  }

  @Test
  void handsIdentitiesOnOverLivy() {
    of(
        ApplicationType.spark()
            .withoutSessions()
            .withLivy()
            .withTrustedIdentityPropagation(INSTANCE));
    Synth.hasApplication(
        stack,
        Map.of("IdentityCenterConfiguration", Map.of("IdentityCenterInstanceArn", INSTANCE)));
  }

  @Test
  void refusesIdentitiesTogetherWithSessions() {
    ApplicationType type =
        ApplicationType.spark().withLivy().withTrustedIdentityPropagation(INSTANCE);
    assertThatThrownBy(() -> of(type))
        .hasMessage(
            "Stack/App: type propagates trusted identities, but sessions do not support that; use"
                + " ApplicationType.spark().withoutSessions()");
  }

  @Test
  void refusesIdentitiesThatNothingCarries() {
    ApplicationType type =
        ApplicationType.spark().withoutSessions().withTrustedIdentityPropagation(INSTANCE);
    assertThatThrownBy(() -> of(type))
        .hasMessageEndingWith(
            "has no Livy endpoint, the only way that carries them; add withLivy()");
  }

  @Test
  void refusesWhatIsNoInstanceOfIdentityCenter() {
    ApplicationType.Spark spark = ApplicationType.spark();
    assertThatThrownBy(() -> spark.withTrustedIdentityPropagation("ssoins-1"))
        .hasMessage(
            "ApplicationType: 'ssoins-1' is not the ARN of an instance of IAM Identity Center; use"
                + " one such as arn:aws:sso:::instance/ssoins-1234567890abcdef");
  }

  @Test
  void refusesSettingsOfTheOtherEngine() {
    var hive =
        EmrServerlessApplication.Builder.create(stack, "Hive")
            .type(ApplicationType.hive("s3://bucket/scratch", "s3://bucket/warehouse"))
            .sparkDefaults(Map.of("spark.executor.memory", "4g"));
    assertThatThrownBy(hive::build)
        .hasMessage(
            "Stack/Hive: classification 'spark-defaults' is Spark's, but type is"
                + " ApplicationType.hive; leave it out, or use ApplicationType.spark()");
    var spark =
        EmrServerlessApplication.Builder.create(stack, "Spark")
            .classification(Classification.of("tez-site", Map.of("tez.am.a", "1")));
    assertThatThrownBy(spark::build)
        .hasMessage(
            "Stack/Spark: classification 'tez-site' is Hive's, but type is"
                + " ApplicationType.spark(); leave it out, or use ApplicationType.hive");
  }

  @Test
  void isRefusedByAllThatIsForSessions() {
    EmrServerlessApplication hive =
        of(ApplicationType.hive("s3://bucket/scratch", "s3://bucket/warehouse"));
    IRole role = role();
    assertThatThrownBy(() -> hive.grantDevelop(role, role))
        .hasMessage(
            "Stack/App: grantDevelop received people for an application that takes no Spark"
                + " Connect sessions, because its type is ApplicationType.hive; use"
                + " ApplicationType.spark()");
    String nothingToWatch =
        ": watch received Stack/App, which takes no Spark Connect sessions, so there would be"
            + " nothing to watch; leave it out, or make it with ApplicationType.spark()";
    var reaper = IdleSessionReaper.Builder.create(stack, "Reaper").watch(hive);
    assertThatThrownBy(reaper::build).hasMessage("Stack/Reaper" + nothingToWatch);
    var guard = SessionGuard.Builder.create(stack, "Guard").watch(hive);
    assertThatThrownBy(guard::build).hasMessage("Stack/Guard" + nothingToWatch);
    var parameters =
        ConnectionParameters.Builder.create(stack, "Parameters")
            .application(hive)
            .executionRole(role);
    assertThatThrownBy(parameters::build)
        .hasMessage(
            "Stack/Parameters: application Stack/App takes no Spark Connect sessions, so no client"
                + " could connect; leave the parameters out, or make it with"
                + " ApplicationType.spark()");
    var platform =
        SparkConnectPlatform.Builder.create(stack, "Platform")
            .application(a -> a.type(ApplicationType.spark().withoutSessions()));
    assertThatThrownBy(platform::build)
        .hasMessage(
            "Stack/Platform: application received ApplicationType.spark().withoutSessions(), but a"
                + " platform is for Spark Connect sessions; use ApplicationType.spark(), or an"
                + " EmrServerlessApplication alone");
  }

  private EmrServerlessApplication of(ApplicationType type) {
    return EmrServerlessApplication.Builder.create(stack, "App").type(type).build();
  }

  private IRole role() {
    return SessionExecutionRole.Builder.create(stack, "Role").build().getRole();
  }

  private static Map<String, Object> arn(String path) {
    return Map.of(
        "Fn::Join", List.of("", List.of("arn:", Map.of("Ref", "AWS::Partition"), ":s3:::" + path)));
  }
}
