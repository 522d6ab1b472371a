package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/**
 * Settings that are well written and mean nothing: whoever finds it, the error names the setting.
 */
class SettingsOfConstructsTest {

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            Map.of("warmPool", Map.of("drivers", 1, "executors", 2, "vcpu", 3, "memoryGb", 16)),
            "cdk.json: environments.dev.warmPool: WorkerSize: a worker "),
        Arguments.of(
            Map.of("warmPool", Map.of("drivers", 0, "executors", 0, "vcpu", 4, "memoryGb", 16)),
            "cdk.json: environments.dev.warmPool: WarmPool: driverCount and executorCount are both"),
        Arguments.of(
            Map.of("capacity", Map.of("vcpu", 0, "memoryGb", 64, "diskGb", 320)),
            "cdk.json: environments.dev.capacity: CapacityLimit: "),
        Arguments.of(
            Map.of("capacity", Map.of("vcpu", 4, "memoryGb", 16, "diskGb", 20)),
            "cdk.json: environments.dev.capacity: SparkConnect-dev/SparkConnect/Application:"
                + " capacityLimit is "),
        Arguments.of(
            Map.of(
                "catalogs",
                Map.of("iceberg", Map.of("name", "my-lake", "warehouse", "s3://my-lake"))),
            "cdk.json: environments.dev.catalogs.iceberg: Catalog.icebergOnGlue: name received"),
        Arguments.of(
            Map.of("catalogs", Map.of("delta", Map.of(), "hudi", Map.of())),
            "cdk.json: environments.dev.catalogs: SparkConnect-dev/SparkConnect/Application:"
                + " classification 'spark-defaults' has two values of"),
        Arguments.of(
            Map.of("releaseLabel", "emr-6.15.0"),
            "cdk.json: environments.dev.releaseLabel: SparkConnect-dev/SparkConnect/Application:"
                + " releaseLabel "),
        Arguments.of(
            Map.of("connectionPrefix", "/aws/spark"),
            "cdk.json: environments.dev.connectionPrefix:"
                + " SparkConnect-dev/SparkConnect/ConnectionParameters: prefix received '/aws/spark'"),
        Arguments.of(
            Map.of("idleMinutes", 0),
            "cdk.json: environments.dev.idleMinutes: SparkConnect-dev/SparkConnect/Reaper:"
                + " terminateAfter received 0 minutes"),
        Arguments.of(
            Map.of("idleMinutes", 30, "maxAgeMinutes", 0),
            "cdk.json: environments.dev.maxAgeMinutes: SparkConnect-dev/SparkConnect/Reaper: maxAge"),
        Arguments.of(
            Map.of("monitoring", Map.of("everyMinutes", 20)),
            "cdk.json: environments.dev.monitoring.everyMinutes: SparkConnect-dev/SparkConnect/Monitor:"
                + " every received 20 minutes"),
        Arguments.of(
            Map.of("monitoring", Map.of("warnMinutes", 3)),
            "cdk.json: environments.dev.monitoring.warnMinutes: SparkConnect-dev/SparkConnect/Monitor:"
                + " warnBefore received 3 minutes, but takes 6 or more: a pass every 5, some seconds late,"),
        Arguments.of(
            Map.of("accountVcpuQuota", 0),
            "cdk.json: environments.dev.accountVcpuQuota: CapacityLimit: withinQuota is 0"),
        Arguments.of(
            Map.of("natGateways", 9),
            "cdk.json: environments.dev.natGateways: SparkConnect-dev/Network: natGateways received 9"),
        Arguments.of(
            Map.of("privateMode", Map.of("clients", List.of("0.0.0.0/0"))),
            "cdk.json: environments.dev.privateMode.clients: SparkConnect-dev/Network: allowClients"),
        Arguments.of(
            Map.of(
                "natGateways",
                1,
                "vpc",
                Map.of(
                    "vpcId", "vpc-0123456789abcdef0",
                    "availabilityZones", List.of("eu-west-1a"),
                    "privateSubnetIds", List.of("subnet-0123456789abcdef0"))),
            "cdk.json: environments.dev.natGateways: SparkConnect-dev/Network: [natGateways] shape"),
        Arguments.of(
            Map.of("region", "eu-wset-1"),
            "cdk.json: environments.dev.region received \"eu-wset-1\", but takes a Region that AWS"
                + " had in November 2025, such as \"eu-west-1\"; for a newer one leave this out and"
                + " set AWS_REGION when you deploy"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void areNamedInTheError(Map<String, Object> settings, String message) {
    assertThatThrownBy(() -> addStacks(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static void addStacks(Map<String, Object> settings) {
    SparkgateApp.addStacks(
        new App(
            AppProps.builder().context(Map.of("environments", Map.of("dev", settings))).build()));
  }
}
