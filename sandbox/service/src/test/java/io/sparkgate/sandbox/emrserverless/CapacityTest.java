package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityTest {

  @ParameterizedTest
  @CsvSource({
    // cores, heap, vCPU and GB of the worker
    "'',  '',     4,  16",
    "4,   14G,    4,  16",
    "4,   27g,    4,  30",
    "1,   1g,     1,  2",
    "1,   512m,   1,  2",
    "2,   4096,   2,  5",
    "3,   2g,     4,  8",
    "8,   16g,    8,  20",
    "16,  109g,   16, 120",
    "4,   lots,   4,  16",
  })
  void roundsUpToWorkers(String cores, String heap, long cpu, long memory) throws Exception {
    Map<String, String> conf = new HashMap<>();
    conf.put("spark.executor.cores", cores);
    conf.put("spark.executor.memory", heap);
    Footprint worker = Worker.of("executor", new SparkConf(conf));
    assertThat(worker).isEqualTo(new Footprint(cpu, memory, 20));
  }

  @Test
  void readsOverheadAndDisk() throws Exception {
    Map<String, String> conf =
        Map.of(
            "spark.driver.memory", "10g",
            "spark.emr-serverless.memoryOverheadFactor", "0.5",
            "spark.emr-serverless.driver.disk", "100G");
    assertThat(Worker.of("driver", new SparkConf(conf))).isEqualTo(new Footprint(4, 15, 100));
    Map<String, String> fixed =
        Map.of("spark.driver.memory", "10g", "spark.driver.memoryOverhead", "2g");
    assertThat(Worker.of("driver", new SparkConf(fixed))).isEqualTo(new Footprint(4, 12, 20));
  }

  @ParameterizedTest
  @CsvSource({"4, 28g", "17, 1g", "16, 110g"})
  void knowsWhenNoWorkerIsLargeEnough(String cores, String heap) {
    SparkConf conf =
        new SparkConf(Map.of("spark.driver.cores", cores, "spark.driver.memory", heap));
    assertThatThrownBy(() -> Worker.of("driver", conf))
        .isInstanceOf(Worker.TooLarge.class)
        .hasMessageContaining("spark.driver of " + cores + " cores");
  }

  @ParameterizedTest
  @CsvSource({
    // dynamic allocation, minimum, instances; vCPU held, vCPU to start
    "true,  '', '', 4,  8",
    "true,  2,  '', 12, 12",
    "true,  0,  9,  4,  8",
    "false, '', '', 16, 16",
    "false, '', 1,  8,  8",
  })
  void holdsTheExecutorsThatStay(
      String dynamic, String minimum, String instances, long held, long toStart) throws Exception {
    Capacity capacity =
        Capacity.of(
            new SparkConf(
                Map.of(
                    "spark.dynamicAllocation.enabled", dynamic,
                    "spark.dynamicAllocation.minExecutors", minimum,
                    "spark.executor.instances", instances)));
    assertThat(capacity.held().cpu()).isEqualTo(held);
    assertThat(capacity.toStart().cpu()).isEqualTo(toStart);
  }

  @ParameterizedTest
  @CsvSource({
    "8,  32, '40 GB', true",
    "7,  32, '40 GB', false",
    "8,  31, '40 GB', false",
    "8,  32, '39 GB', false",
  })
  void fitsTheCapOrNot(String cpu, String memory, String disk, boolean fits) throws Exception {
    Capacity capacity = Capacity.of(new SparkConf(Map.of()));
    String shortage =
        capacity.shortage(
            Footprint.NONE,
            Plane.json(
                "{'maximumCapacity': {'cpu': '%s vCPU', 'memory': '%s GB', 'disk': '%s'}}"
                    .formatted(cpu, memory, disk)));
    assertThat(shortage.isEmpty()).isEqualTo(fits);
  }
}
