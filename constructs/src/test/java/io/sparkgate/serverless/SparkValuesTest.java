package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

class SparkValuesTest {

  private final Stack stack = new Stack();

  @ParameterizedTest
  @CsvSource({
    "executor.memory, 7.5G, 'Spark takes no fractions; use a smaller unit, such as 7680m'",
    "driver.memory, 1.5, Spark takes no fractions",
    "driver.memory, 14 GB, 'use a whole number followed by b, k, kb, m, mb, g, gb, t, tb, p or pb'",
    "driver.memory, lots, use a whole number followed by",
    "driver.memory, '', use a whole number followed by",
    "driver.memory, 14gib, use a whole number followed by",
    "driver.memory, -4g, use a whole number followed by",
    "executor.memory, 99999999999999999999g, use a whole number followed by",
    "executor.memory, 9999999999p, use a whole number followed by",
    "executor.memory, 0g, Spark needs 450m of heap at least",
    "driver.memory, 300m, Spark needs 450m of heap at least",
    "executor.memory, 14336, 'a heap without a unit is in bytes; add one, such as m'",
    "driver.memory, 14, 'a heap without a unit is in bytes; add one, such as m'",
    "driver.memory, 14gb, 'Java itself reads the heap of the driver; use k, m, g or t'",
    "driver.memory, 15032385536b, 'Java itself reads the heap of the driver; use k, m, g or t'",
    "driver.memory, 1p, 'Java itself reads the heap of the driver; use k, m, g or t'",
    "driver.memory, 0x10, use a whole number followed by",
    "driver.memory, 1e3, use a whole number followed by",
    "driver.memory, +4g, use a whole number followed by",
    "executor.memory, 4 g, use a whole number followed by",
    "executor.memory, 4., use a whole number followed by",
    "executor.memoryOverhead, 9999999999g, 'in all below 8192p'",
    "executor.memoryOverhead, 10%, use a whole number followed by",
    "executor.pyspark.memory, 1.5g, Spark takes no fractions",
    "emr-serverless.driver.disk, 20.5G, Spark takes no fractions",
    "emr-serverless.executor.disk, plenty, use a whole number followed by",
    "emr-serverless.executor.disk.type, fast, use standard or shuffle_optimized",
    "emr-serverless.memoryOverheadFactor, 10%, 'use a number above 0, such as 0.1'",
    "emr-serverless.memoryOverheadFactor, NaN, use a number above 0",
    "executor.memoryOverheadFactor, -0.1, use a number above 0",
    "executor.cores, 2.5, use a whole number of at least 1",
    "executor.cores, 0, use a whole number of at least 1",
    "driver.cores, four, use a whole number of at least 1",
    "driver.cores, 4000000000, use a whole number of at least 1",
    "executor.instances, -1, use a whole number of at least 0",
    "dynamicAllocation.enabled, yes, use true or false",
    "dynamicAllocation.initialExecutors, some, use a whole number of at least 0",
    "dynamicAllocation.minExecutors, -2, use a whole number of at least 0",
    "dynamicAllocation.maxExecutors, infinity, 'use a whole number of at least 1, or leave it out'",
    "dynamicAllocation.maxExecutors, 0, use a whole number of at least 1",
    "dynamicAllocation.executorIdleTimeout, 1.5m, Spark takes no fractions",
    "dynamicAllocation.executorIdleTimeout, soon, 'use a whole number followed by us, ms, s, m, min, h or d'",
    "dynamicAllocation.executorIdleTimeout, -1s, of at least 0 s",
    "dynamicAllocation.cachedExecutorIdleTimeout, -5, of at least 0 s",
    "dynamicAllocation.shuffleTracking.timeout, -1ms, 'a number alone counts ms'",
    "dynamicAllocation.schedulerBacklogTimeout, 0, of at least 1 s",
    "dynamicAllocation.schedulerBacklogTimeout, 500ms, 'a number alone counts s'",
    "dynamicAllocation.sustainedSchedulerBacklogTimeout, -1, of at least 1 s",
    "dynamicAllocation.executorIdleTimeout, 1 h, use a whole number followed by",
    "dynamicAllocation.executorIdleTimeout, 9223372036854775808, use a whole number followed by",
    "dynamicAllocation.executorAllocationRatio, 2, use a number above 0 and up to 1"
  })
  void refusesWhatSparkRefuses(String key, String value, String message) {
    var application = application().sparkDefaults(Map.of("spark." + key, value));
    assertThatThrownBy(application::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Default/App: sparkDefaults: spark." + key + " is '" + value + "'")
        .hasMessageContaining(message);
  }

  @Test
  void refusesNoExecutorsWithoutDynamicAllocation() {
    var application =
        application()
            .sparkDefaults(
                Map.of(
                    "spark.dynamicAllocation.enabled", "false", "spark.executor.instances", "0"));
    assertThatThrownBy(application::build)
        .hasMessageContaining("spark.executor.instances is '0'")
        .hasMessageContaining("spark.dynamicAllocation.enabled is false");
  }

  @Test
  void refusesAMinimumAboveTheMaximum() {
    var application =
        application()
            .sparkDefaults(
                Map.of(
                    "spark.dynamicAllocation.minExecutors", "4",
                    "spark.dynamicAllocation.maxExecutors", "2"));
    assertThatThrownBy(application::build)
        .hasMessageContaining("spark.dynamicAllocation.minExecutors is '4'")
        .hasMessageContaining("spark.dynamicAllocation.maxExecutors is '2'");
  }

  @ParameterizedTest
  @CsvSource({
    "executor.memory, 14336M",
    "executor.memory, ' 14336mb '",
    "executor.memory, 14680064KB",
    "executor.memory, 15032385536b",
    "executor.memory, 14Gb",
    "driver.memory, 14336M",
    "driver.memory, ' 14g '",
    "executor.memoryOverhead, 0",
    "executor.memoryOverhead, 1500",
    "emr-serverless.executor.disk, 21474836480b",
    "emr-serverless.executor.disk.type, SHUFFLE_OPTIMIZED",
    "emr-serverless.memoryOverheadFactor, 1e-1",
    "executor.cores, ' 4 '",
    "dynamicAllocation.enabled, TRUE",
    "dynamicAllocation.executorIdleTimeout, 60",
    "dynamicAllocation.executorIdleTimeout, 2MIN",
    "dynamicAllocation.executorIdleTimeout, 1000000000000000000d",
    "dynamicAllocation.executorIdleTimeout, 10ms",
    "dynamicAllocation.shuffleTracking.timeout, 1",
    "dynamicAllocation.schedulerBacklogTimeout, 1000ms",
    "dynamicAllocation.enabled, 'true '",
    "dynamicAllocation.initialExecutors, +3",
    "dynamicAllocation.executorAllocationRatio, .5"
  })
  void acceptsWhatSparkReads(String key, String value) {
    application().sparkDefaults(Map.of("spark." + key, value)).build();
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void countsWhatIsWrittenInBytes() {
    var application =
        application()
            .sparkDefaults(Map.of("spark.executor.memory", 60L * 1024 * 1024 * 1024 + "b"));
    assertThatThrownBy(application::build).hasMessageContaining("capacityLimit is");
  }

  @Test
  void passesOverTokensOnly() {
    String token = CfnParameter.Builder.create(stack, "Memory").build().getValueAsString();
    application()
        .sparkDefaults(
            Map.of(
                "spark.executor.memory", token,
                "spark.dynamicAllocation.maxExecutors", token,
                "spark.dynamicAllocation.minExecutors", "4"))
        .build();
    Template.fromStack(stack);
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }
}
