package io.sparkgate.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.serverless.ApplicationType;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.testing.Synth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.assets.Asset;

class FeaturesOfSparkTest {

  private final Stack stack = new Stack(new App(), "Stack");

  @Test
  void boundsExecutors() {
    assertThat(
            settings(
                "spark-defaults",
                DynamicAllocation.between(1, 20)
                    .initially(2)
                    .idleAfter(Duration.minutes(2))
                    .batchSize(50)
                    .aligned()))
        .isEqualTo(
            Map.of(
                "spark.dynamicAllocation.enabled", "true",
                "spark.dynamicAllocation.minExecutors", "1",
                "spark.dynamicAllocation.maxExecutors", "20",
                "spark.dynamicAllocation.initialExecutors", "2",
                "spark.dynamicAllocation.executorIdleTimeout", "120s",
                "spark.emr-serverless.allocation.batch.size", "50"));
    assertThat(properties("spark")).isEqualTo(Map.of("dynamicAllocationOptimization", "true"));
  }

  @Test
  void startsWithinItsOwnBounds() {
    assertThat(settings("spark-defaults", DynamicAllocation.between(0, 2)))
        .containsEntry("spark.dynamicAllocation.initialExecutors", "2");
  }

  @Test
  void takesAnIdleTimeThatIsKnownAtDeployment() {
    CfnParameter idle = CfnParameter.Builder.create(stack, "Idle").type("Number").build();
    with(DynamicAllocation.between(0, 5).idleAfter(Duration.seconds(idle.getValueAsNumber())));
    assertThat(String.valueOf(properties("spark-defaults"))).contains("{Ref=Idle}, s");
  }

  @Test
  void switchesDynamicAllocationOff() {
    assertThat(settings("spark-defaults", DynamicAllocation.off(4)))
        .isEqualTo(
            Map.of("spark.dynamicAllocation.enabled", "false", "spark.executor.instances", "4"));
  }

  @Test
  void runsOnTheJavaOfTheProcessor() {
    EmrServerlessApplication.Builder.create(stack, "App")
        .architecture(CpuArchitecture.ARM64)
        .with(JavaRuntime.corretto17())
        .build();
    String home = "/usr/lib/jvm/java-17-amazon-corretto.aarch64/";
    assertThat(properties("spark-defaults"))
        .isEqualTo(
            Map.of(
                "spark.emr-serverless.driverEnv.JAVA_HOME",
                home,
                "spark.executorEnv.JAVA_HOME",
                home));
  }

  @Test
  void refusesTheJavaOfAnotherProcessor() {
    assertThatThrownBy(() -> with(JavaRuntime.at("/usr/lib/jvm/java-21.aarch64")))
        .hasMessage(
            "Stack/App: JavaRuntime.at '/usr/lib/jvm/java-21.aarch64' is for aarch64, but"
                + " architecture is X86_64; use the Java of that architecture");
  }

  @Test
  void takesPythonFromAnAssetThatTheExecutionRoleMayRead(@TempDir Path directory)
      throws IOException {
    Path archive = Files.writeString(directory.resolve("environment.tgz"), "packed");
    Asset asset = Asset.Builder.create(stack, "Python").path(archive.toString()).build();
    with(PythonEnvironment.fromAsset(asset))
        .grantRun(SessionExecutionRole.Builder.create(stack, "Role").build().getRole());
    Map<String, Object> settings = properties("spark-defaults");
    assertThat(String.valueOf(settings.get("spark.archives")))
        .contains("s3://")
        .contains(".tgz#environment");
    assertThat(settings)
        .containsEntry(
            "spark.emr-serverless.driverEnv.PYSPARK_DRIVER_PYTHON", "./environment/bin/python")
        .containsEntry("spark.emr-serverless.driverEnv.PYSPARK_PYTHON", "./environment/bin/python")
        .containsEntry("spark.executorEnv.PYSPARK_PYTHON", "./environment/bin/python");
    Synth.hasStatement(stack, Map.of("Action", "s3:GetObject", "Effect", "Allow"));
  }

  @Test
  void refusesAnAssetThatSparkWouldNotUnpack(@TempDir Path directory) throws IOException {
    Path archive = Files.writeString(directory.resolve("environment.tar.gz"), "packed");
    Asset asset = Asset.Builder.create(stack, "Python").path(archive.toString()).build();
    assertThatThrownBy(() -> PythonEnvironment.fromAsset(asset))
        .hasMessage(
            "PythonEnvironment: the CDK uploads asset Stack/Python as '%s.gz', which Spark does not"
                    .formatted(asset.getAssetHash())
                + " unpack, because only what follows the last dot is kept; name the file .tgz"
                + " (instead of .tar.gz), .tar, .zip or .jar");
  }

  @Test
  void takesPythonFromABucketOrAnUrl() {
    Bucket bucket = Bucket.Builder.create(stack, "Bucket").build();
    assertThat(
            PythonEnvironment.fromBucket(bucket, "a.zip")
                .settings(target())
                .get(0)
                .properties()
                .get("spark.archives"))
        .endsWith("/a.zip#environment");
    assertThat(settings("spark-defaults", PythonEnvironment.fromUrl("s3://bucket/a.tgz")))
        .containsEntry("spark.archives", "s3://bucket/a.tgz#environment");
  }

  @Test
  void setsWhatDriversAndExecutorsLog() {
    with(
        Log4j2.root(Log4j2.Level.WARN, Log4j2.Level.ERROR)
            .driver("org.apache.spark.sql", Log4j2.Level.DEBUG)
            .executor("com.example.My$Inner", Log4j2.Level.TRACE));
    assertThat(properties("spark-driver-log4j2"))
        .isEqualTo(
            Map.of(
                "rootLogger.level", "warn",
                "logger.org_apache_spark_sql.name", "org.apache.spark.sql",
                "logger.org_apache_spark_sql.level", "debug"));
    assertThat(properties("spark-executor-log4j2"))
        .isEqualTo(
            Map.of(
                "rootLogger.level", "error",
                "logger.com_example_My_Inner.name", "com.example.My$Inner",
                "logger.com_example_My_Inner.level", "trace"));
  }

  @Test
  void encryptsBetweenWorkers() {
    EmrServerlessApplication.Builder.create(stack, "App")
        .with(InterWorkerTls.on())
        .with(RpcEncryption.on())
        .build();
    assertThat(properties("spark-defaults"))
        .isEqualTo(
            Map.of(
                "spark.ssl.internode.enabled", "true",
                "spark.authenticate", "true",
                "spark.network.crypto.enabled", "true"));
  }

  @ParameterizedTest
  @MethodSource
  void refusesAReleaseThatHasItNot(Feature feature, String release, String first) {
    var builder =
        EmrServerlessApplication.Builder.create(stack, "App")
            .type(ApplicationType.spark().withoutSessions())
            .releaseLabel(ReleaseLabel.of(release))
            .with(feature);
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Stack/App: releaseLabel %s has no %s; use %s or a later release"
                .formatted(release, feature, first));
  }

  static Stream<Arguments> refusesAReleaseThatHasItNot() {
    return Stream.of(
        Arguments.of(JavaRuntime.corretto17(), "emr-6.10.0", "emr-6.11.0"),
        Arguments.of(Log4j2.root(Log4j2.Level.WARN), "emr-6.7.0", "emr-6.8.0"),
        Arguments.of(InterWorkerTls.on(), "emr-6.14.0", "emr-6.15.0"),
        Arguments.of(ServerlessStorage.on(), "emr-7.11.0", "emr-7.12.0"));
  }

  @ParameterizedTest
  @MethodSource
  void refusesAValueThatCannotWork(ThrowingCallable value, String message) {
    assertThatThrownBy(value).hasMessage(message);
  }

  static Stream<Arguments> refusesAValueThatCannotWork() {
    return Stream.of(
        wrong(
            () -> DynamicAllocation.between(-1, 1),
            "DynamicAllocation: least is -1; use 0 or more"),
        wrong(() -> DynamicAllocation.between(0, 0), "DynamicAllocation: most is 0; use 1 or more"),
        wrong(
            () -> DynamicAllocation.between(5, 4),
            "DynamicAllocation: least is 5 and most 4; use a most that is not below the least"),
        wrong(
            () -> DynamicAllocation.between(1, 4).initially(5),
            "DynamicAllocation: initially is 5; use 1 to 4"),
        wrong(
            () -> DynamicAllocation.between(1, 4).idleAfter(Duration.millis(1500)),
            "DynamicAllocation: idleAfter is 1 second 500 millis; use whole seconds, 1 or more"),
        wrong(
            () -> DynamicAllocation.between(1, 4).batchSize(0),
            "DynamicAllocation: batchSize is 0; use 1 or more"),
        wrong(() -> DynamicAllocation.off(0), "DynamicAllocation: executors is 0; use 1 or more"),
        wrong(
            () -> DynamicAllocation.off(1).initially(1),
            "DynamicAllocation: initially has no effect while it is off; leave it out, or use"
                + " DynamicAllocation.between"),
        wrong(
            () -> JavaRuntime.at("java-21"),
            "JavaRuntime: 'java-21' is no directory of a worker; use an absolute path, such as"
                + " /usr/lib/jvm/java-21"),
        wrong(
            () -> PythonEnvironment.fromUrl("s3://bucket/environment"),
            "PythonEnvironment: 's3://bucket/environment' is no archive that Spark unpacks; use"
                + " .tar.gz, .tgz, .tar, .zip or .jar"),
        wrong(
            () -> PythonEnvironment.fromUrl("environment.tar.gz"),
            "PythonEnvironment: url received 'environment.tar.gz', but takes the URL of a folder or"
                + " an object in a bucket of 3 to 63 letters, digits, dots and hyphens, such as"
                + " s3://bucket/folder; of a bucket that is made here pass the bucket itself"),
        wrong(
            () -> Log4j2.root(Log4j2.Level.INFO).driver("a b", Log4j2.Level.INFO),
            "Log4j2: 'a b' is no class or package; use one such as org.apache.spark.sql"));
  }

  private static Arguments wrong(ThrowingCallable value, String message) {
    return Arguments.of(value, message);
  }

  private Map<String, Object> settings(String classification, Feature feature) {
    with(feature);
    return properties(classification);
  }

  private EmrServerlessApplication with(Feature feature) {
    return EmrServerlessApplication.Builder.create(stack, "App").with(feature).build();
  }

  private FeatureTarget target() {
    return new FeatureTarget(stack, ReleaseLabel.EMR_7_13_0, CpuArchitecture.X86_64, true);
  }

  private Map<String, Object> properties(String classification) {
    Map<String, Object> properties = new TreeMap<>();
    ((List<?>) Synth.application(stack).get("RuntimeConfiguration"))
        .stream()
            .map(found -> (Map<?, ?>) found)
            .filter(found -> classification.equals(found.get("Classification")))
            .forEach(
                found ->
                    ((Map<?, ?>) found.get("Properties"))
                        .forEach((key, value) -> properties.put(String.valueOf(key), value)));
    return properties;
  }
}
