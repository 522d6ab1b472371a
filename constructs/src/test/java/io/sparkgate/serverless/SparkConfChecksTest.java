package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.spark.Classification;
import io.sparkgate.spark.CpuArchitecture;
import io.sparkgate.testing.Synth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.Vpc;

class SparkConfChecksTest {

  private final Stack stack = new Stack();

  @ParameterizedTest
  @CsvSource({
    "spark.connect.grpc.binding.address, 0.0.0.0, is reserved by EMR Serverless for sessions",
    "spark.emr-serverless.lakeformation.enabled, true, sessions do not support Lake Formation",
    "spark.emr-serverless.lakeformation.enabled, TRUE, sessions do not support Lake Formation",
    "spark.aws.serverlessStorage.enabled, True, sessions do not support serverless storage",
    "spark.jars, /usr/share/aws/delta/lib/delta-core.jar, use /usr/share/aws/delta/lib/delta-spark.jar",
    "spark.executorEnv.JAVA_HOME, /usr/lib/jvm/java-17.aarch64/, architecture is X86_64",
    "spark.hadoop.javax.jdo.option.ConnectionURL, jdbc:mysql://h/db, without a VPC; set vpc",
    "spark.hadoop.hive.metastore.uris, thrift://h:9083, without a VPC; set vpc"
  })
  void rejectsWhatBreaksSessions(String key, String value, String message) {
    var application = application().sparkDefaults(Map.of(key, value));
    assertThatThrownBy(application::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Default/App: '" + key + "'")
        .hasMessageContaining(message);
  }

  @Test
  void looksIntoEveryClassification() {
    var application =
        application()
            .classification(
                Classification.of("spark", Map.of("spark.connect.grpc.binding.address", "::")));
    assertThatThrownBy(application::build).hasMessageContaining("is reserved");
  }

  @ParameterizedTest
  @CsvSource({
    "spark.emr-serverless.lakeformation.enabled, false",
    "spark.executorEnv.JAVA_HOME, /usr/lib/jvm/java-17.x86_64/",
    "spark.jars, /usr/share/aws/delta/lib/delta-spark.jar"
  })
  void acceptsWhatDoesNot(String key, String value) {
    application().sparkDefaults(Map.of(key, value)).build();
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void rejectsIntelJavaOnGraviton() {
    var application =
        application()
            .architecture(CpuArchitecture.ARM64)
            .sparkDefaults(
                Map.of("spark.emr-serverless.driverEnv.JAVA_HOME", "/usr/lib/jvm/java-17.x86_64/"));
    assertThatThrownBy(application::build)
        .hasMessageContaining("architecture is ARM64; use the Java of that architecture");
  }

  @Test
  void acceptsAnExternalMetastoreWithinAVpc() {
    var application =
        application()
            .vpc(new Vpc(stack, "Vpc"))
            .classification(
                Classification.of("hive-site", Map.of("hive.metastore.uris", "thrift://h:9083")));
    assertThatCode(application::build).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.hadoop.javax.jdo.option.ConnectionPassword",
        "spark.ssl.keyPassword",
        "spark.authenticate.secret",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.access.key"
      })
  void warnsOfSecretsWithoutRepeatingThem(String key) {
    EmrServerlessApplication application =
        application().sparkDefaults(Map.of(key, "hunter2")).build();
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .startsWith("'" + key + "' looks like a secret in plain text")
        .contains("EMR.secret@")
        .doesNotContain("hunter2");
    acknowledge(application, "plainTextSecret");
  }

  @Test
  void acceptsReferencesToSecrets() {
    application().sparkDefaults(Map.of("spark.ssl.keyPassword", "EMR.secret@spark-AbCdEf")).build();
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void warnsOfAMaximumWithoutEffect() {
    EmrServerlessApplication application =
        application()
            .sparkDefaults(
                Map.of(
                    "spark.dynamicAllocation.enabled", "false",
                    "spark.dynamicAllocation.maxExecutors", "2"))
            .build();
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("has no effect")
        .contains("set spark.executor.instances instead");
    acknowledge(application, "maxExecutorsWithoutDynamicAllocation");
  }

  @Test
  void warnsOfDownloadsThatHaveNoWayOut() {
    EmrServerlessApplication application =
        application().sparkDefaults(Map.of("spark.jars.packages", "org.x:y:1")).build();
    assertThat(Synth.warnings(stack)).singleElement().asString().contains("NAT gateway");
    acknowledge(application, "packagesWithoutVpc");
  }

  private void acknowledge(EmrServerlessApplication application, String id) {
    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:" + id);
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }
}
