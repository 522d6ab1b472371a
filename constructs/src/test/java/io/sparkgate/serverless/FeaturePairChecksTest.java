package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.data.Catalog;
import io.sparkgate.data.DataSource;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.LakeFormation;
import io.sparkgate.spark.PythonEnvironment;
import io.sparkgate.spark.ReleaseLabel;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.iam.Role;

class FeaturePairChecksTest {

  private static final PrometheusMetrics METRICS =
      PrometheusMetrics.toArn("arn:aws:aps:eu-west-1:123456789012:workspace/ws-0123");

  private final Stack stack = new Stack(new App(), "Stack");

  @Test
  void refusesASecondEnvironmentOfPython() {
    var builder =
        batch(
            PythonEnvironment.fromUrl("s3://bucket/a.tgz"),
            PythonEnvironment.fromUrl("s3://bucket/b.tgz"));
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Stack/App: with received PythonEnvironment more than once, but an application has room"
                + " for one; keep one of them");
  }

  @Test
  void refusesASecondWorkspaceOfMetrics() {
    var builder = batch(METRICS, METRICS).vpc(Vpc.Builder.create(stack, "Vpc").build());
    assertThatThrownBy(builder::build)
        .hasMessageStartingWith("Stack/App: with received PrometheusMetrics more than once");
  }

  @Test
  void refusesMetricsOfHive() {
    var builder =
        batch(METRICS).type(ApplicationType.hive("s3://bucket/scratch", "s3://bucket/warehouse"));
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Stack/App: PrometheusMetrics is for Spark, but type is ApplicationType.hive; leave it"
                + " out, or use ApplicationType.spark()");
  }

  @Test
  void refusesAccessGrantsBesideAnotherRole() {
    var builder =
        batch(
            DataSource.accessGrants(),
            DataSource.assumedRoleForS3(
                Role.fromRoleArn(stack, "Other", "arn:aws:iam::123456789012:role/other")));
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Stack/App: with received DataSource.accessGrants and DataSource.assumedRoleForS3"
                + " 'Stack/Other', and both say whose credentials S3 is asked with; leave one out");
  }

  @Test
  void refusesDeltaBesideLakeFormationUntilTheReleaseThatReadsIt() {
    var builder =
        batch(LakeFormation.fineGrained(), Catalog.deltaOnGlue())
            .releaseLabel(ReleaseLabel.of("emr-7.5.0"));
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Stack/App: with received LakeFormation.fineGrained and Catalog.deltaOnGlue, which"
                + " releaseLabel emr-7.5.0 has not together; use emr-7.6.0 or a later release, or"
                + " leave one out");
    EmrServerlessApplication.Builder.create(stack, "Later")
        .type(ApplicationType.spark().withoutSessions())
        .with(LakeFormation.fineGrained())
        .with(Catalog.deltaOnGlue())
        .build();
  }

  private EmrServerlessApplication.Builder batch(Feature... features) {
    var builder =
        EmrServerlessApplication.Builder.create(stack, "App")
            .type(ApplicationType.spark().withoutSessions());
    for (Feature feature : features) {
      builder.with(feature);
    }
    return builder;
  }
}
