package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.spark.DynamicAllocation;
import io.sparkgate.spark.Feature;
import io.sparkgate.spark.InterWorkerTls;
import io.sparkgate.spark.LakeFormation;
import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.spark.ServerlessStorage;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;

class BatchFeatureChecksTest {

  private static final LakeFormation LAKE = LakeFormation.fineGrained();

  private final Stack stack = new Stack(new App(), "Stack");

  @Test
  void letsJobRunsReadAsLakeFormationSays() {
    batch(LAKE)
        .build()
        .grantRun(SessionExecutionRole.Builder.create(stack, "Role").build().getRole());
    assertThat(String.valueOf(Synth.application(stack).get("RuntimeConfiguration")))
        .contains("spark.emr-serverless.lakeformation.enabled=true");
    Synth.hasStatement(stack, Map.of("Action", "lakeformation:GetDataAccess", "Resource", "*"));
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void letsJobRunsShuffleInTheServicesStorage() {
    batch(ServerlessStorage.on()).build();
    assertThat(String.valueOf(Synth.application(stack).get("RuntimeConfiguration")))
        .contains("spark.aws.serverlessStorage.enabled=true");
  }

  @ParameterizedTest
  @MethodSource
  void refusesWhatSessionsDoNotSupport(Feature feature) {
    var builder = EmrServerlessApplication.Builder.create(stack, "App").with(feature);
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Stack/App: %s is not supported by sessions; use".formatted(feature)
                + " ApplicationType.spark().withoutSessions(), or leave it out");
  }

  static Stream<Feature> refusesWhatSessionsDoNotSupport() {
    return Stream.of(LAKE, ServerlessStorage.on());
  }

  @ParameterizedTest
  @MethodSource
  void refusesWhatLakeFormationDoesNotGoTogetherWith(
      Consumer<EmrServerlessApplication.Builder> other, String message) {
    var builder = batch(LAKE);
    other.accept(builder);
    assertThatThrownBy(builder::build)
        .hasMessage("Stack/App: " + message.formatted("LakeFormation.fineGrained"));
  }

  static Stream<Arguments> refusesWhatLakeFormationDoesNotGoTogetherWith() {
    return Stream.of(
        with(
            a ->
                a.images(
                    WorkerImages.all(
                        WorkerImage.fromUri(
                            "123456789012.dkr.ecr.eu-west-1.amazonaws.com/spark:1"))),
            "%s does not work with images of one's own; leave images out"),
        with(
            a -> a.with(DynamicAllocation.off(3)),
            "%s needs dynamic allocation, but spark.dynamicAllocation.enabled is false; leave that"
                + " out"),
        with(
            a -> a.with(InterWorkerTls.on()),
            "%s has TLS between workers by itself; leave InterWorkerTls out"),
        with(
            a ->
                a.sparkDefaults(
                    Map.of("spark.sql.catalog.lake", "org.apache.iceberg.spark.SparkCatalog")),
            "%s knows no catalog but spark_catalog; leave out 'spark.sql.catalog.lake'"),
        with(
            a -> a.warmPool(WarmPool.ofDrivers(1, WorkerSize.of(4, 16))),
            "warmPool has 1 driver, but with %s each job run has 2; use at least 2, or none"),
        with(
            a -> a.type(ApplicationType.hive("s3://bucket/scratch", "s3://bucket/warehouse")),
            "%s is for Spark, but type is ApplicationType.hive; leave it out, or use"
                + " ApplicationType.spark()"),
        with(
            a -> a.releaseLabel(ReleaseLabel.of("emr-7.1.0")),
            "releaseLabel emr-7.1.0 has no %s; use emr-7.2.0 or a later release"));
  }

  @Test
  void takesTheSessionCatalogWithLakeFormation() {
    batch(LAKE)
        .sparkDefaults(
            Map.of(
                "spark.sql.catalog.spark_catalog",
                "org.apache.iceberg.spark.SparkSessionCatalog",
                "spark.sql.catalog.spark_catalog.warehouse",
                "s3://bucket/prefix"))
        .build();
  }

  @Test
  void refusesPublicSubnetsWithLakeFormation() {
    var builder =
        batch(LAKE)
            .vpc(
                Vpc.Builder.create(stack, "Vpc").build(),
                SubnetSelection.builder().subnetType(SubnetType.PUBLIC).build());
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Stack/App: LakeFormation.fineGrained does not work in public subnets, but vpcSubnets"
                + " selects some; select private ones");
  }

  @Test
  void refusesGovCloudWithLakeFormation() {
    Stack gov =
        new Stack(
            new App(),
            "Gov",
            StackProps.builder()
                .env(Environment.builder().region("us-gov-west-1").build())
                .build());
    var builder =
        EmrServerlessApplication.Builder.create(gov, "App")
            .type(ApplicationType.spark().withoutSessions())
            .with(LAKE);
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Gov/App: LakeFormation.fineGrained is not available in us-gov-west-1; leave it out");
  }

  @Test
  void refusesSmallWorkersWithServerlessStorage() {
    var builder =
        batch(ServerlessStorage.on())
            .sparkDefaults(Map.of("spark.executor.cores", "2", "spark.executor.memory", "4g"));
    assertThatThrownBy(builder::build)
        .hasMessageStartingWith(
            "Stack/App: ServerlessStorage takes no workers of 1 or 2 vCPU, but its executor has 2"
                + " cores")
        .hasMessageEndingWith("; set spark.executor.cores to 4 or more");
  }

  @Test
  void refusesServerlessStorageForInteractiveWork() {
    var builder =
        batch(ServerlessStorage.on()).type(ApplicationType.spark().withoutSessions().withLivy());
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Stack/App: ServerlessStorage is for batch job runs only, but type is"
                + " ApplicationType.spark().withoutSessions().withLivy(); leave Livy and EMR Studio"
                + " out");
  }

  @Test
  void warnsThatNoJobRunTakesAWarmWorkerWithServerlessStorage() {
    batch(ServerlessStorage.on()).warmPool(WarmPool.ofDrivers(1, WorkerSize.of(4, 16))).build();
    assertThat(Synth.warnings(stack))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(
                        "warmPool is taken by no job run with ServerlessStorage, so it would be"
                            + " paid in vain"));
  }

  private static Arguments with(Consumer<EmrServerlessApplication.Builder> other, String message) {
    return Arguments.of(other, message);
  }

  private EmrServerlessApplication.Builder batch(Feature feature) {
    List<Feature> features = List.of(feature);
    var builder =
        EmrServerlessApplication.Builder.create(stack, "App")
            .type(ApplicationType.spark().withoutSessions());
    features.forEach(builder::with);
    return builder;
  }
}
