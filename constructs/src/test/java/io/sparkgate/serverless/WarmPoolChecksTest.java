package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.testing.Synth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;

class WarmPoolChecksTest {

  private final Stack stack = new Stack();

  @Test
  void warnsOfDriversThatNoDefaultSessionCanTake() {
    EmrServerlessApplication application =
        application().warmPool(WarmPool.ofDrivers(1, WorkerSize.of(2, 4))).build();
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("no session can take a waiting driver of 2 vCPU / 4 GB")
        .contains(
            "its driver needs 4 cores, 15.4 GB memory (spark.driver.memory 14 GB and 1.4 GB"
                + " overhead)")
        .contains("USD 0.13 per hour")
        .endsWith("[ack: @sparkgate/constructs:warmDriverTooSmall]");
    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:warmDriverTooSmall");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "driver.memory, 14G, 4, 16, true",
    "driver.memory, 15G, 4, 16, false",
    "driver.memory, 14336m, 4, 16, true",
    "driver.memory, 15360m, 4, 16, false",
    "driver.cores, 8, 4, 16, false",
    "driver.memoryOverhead, 2g, 4, 16, true",
    "driver.memoryOverhead, 3g, 4, 16, false"
  })
  void comparesTheDriverWithItsWorker(
      String key, String value, int vcpu, int memoryGb, boolean fits) {
    large()
        .sparkDefaults(Map.of("spark." + key, value))
        .warmPool(WarmPool.ofDrivers(1, WorkerSize.of(vcpu, memoryGb)))
        .build();
    assertThat(Synth.warnings(stack).toString().contains("warmDriverTooSmall")).isEqualTo(!fits);
  }

  @ParameterizedTest
  @CsvSource({"27g, true", "28g, false"})
  void comparesTheExecutorWithItsWorker(String memory, boolean fits) {
    EmrServerlessApplication application =
        large()
            .sparkDefaults(Map.of("spark.executor.memory", memory))
            .warmPool(WarmPool.ofExecutors(1, WorkerSize.of(4, 30)))
            .build();
    assertThat(Synth.warnings(stack).toString().contains("warmExecutorTooSmall")).isEqualTo(!fits);

    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:warmExecutorTooSmall");
    assertThat(Synth.warnings(stack).toString()).doesNotContain("warmExecutorTooSmall");
  }

  @Test
  void comparesTheDiskToo() {
    application()
        .sparkDefaults(Map.of("spark.emr-serverless.driver.disk", "50G"))
        .warmPool(WarmPool.ofDrivers(1, WorkerSize.of(4, 16)))
        .build();
    assertThat(Synth.warnings(stack)).singleElement().asString().contains("50 GB disk");
  }

  @Test
  void warnsOfTheSampleInTheUserGuide() {
    application()
        .capacityLimit(CapacityLimit.of(400, 1024, 10_000).withinQuota(400))
        .warmPool(WarmPool.of(5, WorkerSize.of(2, 4), 50, WorkerSize.of(4, 8)))
        .build();
    assertThat(Synth.warnings(stack))
        .anySatisfy(warning -> assertThat(warning).contains("warmDriverTooSmall"))
        .anySatisfy(warning -> assertThat(warning).contains("warmExecutorTooSmall"));
  }

  @Test
  void warnsOfAPoolThatIsBilledForEver() {
    WorkerSize size = WorkerSize.of(4, 16);
    EmrServerlessApplication application =
        application().autoStop(AutoStop.never()).warmPool(WarmPool.of(1, size, 2, size)).build();
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("USD 0.91 per hour (us-east-1 X86_64 list price as of June 2026")
        .contains("set autoStop, or leave the warm pool out")
        .endsWith("[ack: @sparkgate/constructs:warmPoolWithoutAutoStop]");
    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:warmPoolWithoutAutoStop");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }

  private EmrServerlessApplication.Builder large() {
    return application()
        .capacityLimit(CapacityLimit.ofWorkers(6, WorkerSize.of(8, 32)).withinQuota(100));
  }
}
