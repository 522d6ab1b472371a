package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;

class CapacityChecksTest {

  private static final WorkerSize FOUR = WorkerSize.of(4, 16);

  private final Stack stack = new Stack();

  @ParameterizedTest
  @CsvSource({
    "4, 64, 320, 'capacityLimit is 4 vCPU / 64 GB / 320 GB disk'",
    "16, 31, 320, 'a session needs at least 8 vCPU / 32 GB / 40 GB disk'",
    "16, 64, 39, 'raise the limit, or make sessions smaller with sparkDefaults'"
  })
  void rejectsALimitBelowOneSession(int vcpu, int memoryGb, int diskGb, String message) {
    var application = application().capacityLimit(CapacityLimit.of(vcpu, memoryGb, diskGb));
    assertThatThrownBy(application::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Default/App: capacityLimit is ")
        .hasMessageContaining(message);
  }

  @Test
  void acceptsASmallLimitForSmallSessions() {
    application()
        .sparkDefaults(
            Map.of(
                "spark.driver.cores", "1",
                "spark.driver.memory", "1g",
                "spark.executor.cores", "1",
                "spark.executor.memory", "1g",
                "spark.dynamicAllocation.initialExecutors", "1"))
        .capacityLimit(CapacityLimit.of(2, 4, 40))
        .build();
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void countsTheLargestOfTheNumbersThatSparkStartsWith() {
    var application =
        application()
            .sparkDefaults(
                Map.of(
                    "spark.dynamicAllocation.initialExecutors", "1",
                    "spark.executor.instances", "8"))
            .capacityLimit(CapacityLimit.of(100, 400, 2000).forSessions(3).withinQuota(1000))
            .build();
    assertThat(Synth.warnings(stack)).singleElement().asString().contains("starts with 36 vCPU");
    acknowledge(application, "sessionsExceedLimit");
  }

  @ParameterizedTest
  @CsvSource({"5, 20", "4, 201"})
  void rejectsALimitBelowTheWarmPool(int executors, int diskGb) {
    Disk disk = Disk.shuffleOptimized(diskGb);
    var application = application().warmPool(WarmPool.of(1, FOUR, executors, FOUR.withDisk(disk)));
    assertThatThrownBy(application::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Default/App: capacityLimit is 16 vCPU / 64 GB / 320 GB disk, but warmPool has 1 x 4"
                + " vCPU / 16 GB drivers and ")
        .hasMessageEndingWith("raise the limit or use fewer workers");
  }

  @Test
  void warnsOfMoreSessionsThanLimitAndQuotaHold() {
    EmrServerlessApplication application =
        application().capacityLimit(CapacityLimit.standard().forSessions(2)).build();
    assertThat(Synth.warnings(stack))
        .hasSize(2)
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(
                        "capacityLimit: forSessions is 2 and a session starts with 16 vCPU / 64 GB /"
                            + " 80 GB disk, which 16 vCPU / 64 GB / 320 GB disk cannot hold")
                    .contains("raise the limit or expect fewer sessions")
                    .endsWith("[ack: @sparkgate/constructs:sessionsExceedLimit]"))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("but withinQuota is 16 (AWS gives 16 by default)")
                    .endsWith("[ack: @sparkgate/constructs:sessionsExceedQuota]"));
    acknowledge(application, "sessionsExceedLimit", "sessionsExceedQuota");
  }

  @Test
  void isSilentWhenLimitAndQuotaHoldAllSessions() {
    application()
        .capacityLimit(CapacityLimit.ofWorkers(100, FOUR).forSessions(25).withinQuota(400))
        .build();
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void countsTheExecutorsThatSessionsStartWith() {
    application()
        .capacityLimit(CapacityLimit.standard().forSessions(2))
        .sparkDefaults(Map.of("spark.dynamicAllocation.initialExecutors", "1"))
        .build();
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void warnsOfMoreSessionsThanAnApplicationRuns() {
    EmrServerlessApplication application =
        application()
            .capacityLimit(CapacityLimit.ofWorkers(104, FOUR).forSessions(26).withinQuota(1000))
            .build();
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("an application runs 25 at a time by default; spread people over several");
    acknowledge(application, "tooManySessions");
  }

  @Test
  void warnsOfALimitBeyondTheQuota() {
    EmrServerlessApplication application =
        application().capacityLimit(CapacityLimit.ofWorkers(10, FOUR)).build();
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("capacityLimit is 40 vCPU / 160 GB / 200 GB disk, but withinQuota is 16")
        .contains("raise the quota and say so here, or lower the limit");
    acknowledge(application, "limitExceedsQuota");
  }

  @Test
  void warnsOfAWarmPoolBeyondTheQuota() {
    EmrServerlessApplication application =
        application()
            .capacityLimit(CapacityLimit.none())
            .warmPool(WarmPool.of(1, FOUR, 4, FOUR))
            .build();
    assertThat(Synth.warnings(stack))
        .anySatisfy(
            warning -> assertThat(warning).contains("warmPool takes 20 vCPU, but withinQuota"));
    acknowledge(application, "warmPoolExceedsQuota", "noCapacityLimit");
  }

  @Test
  void warnsThatNothingIsCapped() {
    EmrServerlessApplication application =
        application().capacityLimit(CapacityLimit.none()).build();
    assertThat(Synth.application(stack).containsKey("MaximumCapacity")).isFalse();
    assertThat(Synth.warnings(stack)).singleElement().asString().contains("set capacityLimit");
    acknowledge(application, "noCapacityLimit");
  }

  @Test
  void warnsOfALimitThatStrandsAQuarterOfItself() {
    EmrServerlessApplication application =
        application().capacityLimit(CapacityLimit.of(400, 1024, 10_000).withinQuota(400)).build();
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("is full with 64 workers of 4 vCPU / 16 GB, which leaves 144 vCPU and 0 GB");
    acknowledge(application, "lopsidedLimit");
  }

  @Test
  void rejectsPromisesOfNothing() {
    assertThatThrownBy(() -> CapacityLimit.standard().forSessions(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("CapacityLimit: forSessions is 0; use at least 1");
    assertThatThrownBy(() -> CapacityLimit.standard().withinQuota(0))
        .hasMessage("CapacityLimit: withinQuota is 0; use at least 1");
  }

  @ParameterizedTest
  @CsvSource({"driver.memory, 120g", "executor.memory, 1t", "executor.cores, 32"})
  void warnsOfSessionsThatNoKnownWorkerCanHost(String key, String value) {
    EmrServerlessApplication application =
        application()
            .capacityLimit(CapacityLimit.ofWorkers(10, WorkerSize.of(32, 2000)).withinQuota(10_000))
            .sparkDefaults(Map.of("spark." + key, value))
            .build();
    assertThat(Synth.warnings(stack))
        .filteredOn(warning -> warning.contains("unknownWorkerSize"))
        .singleElement()
        .asString()
        .startsWith("sparkDefaults: a ")
        .contains(
            "more than 16 vCPU and 120 GB, overhead included, the largest worker that this library"
                + " knows");
    acknowledge(application, "unknownWorkerSize", "lopsidedLimit");
  }

  @Test
  void countsASessionOfUnknownWorkersAgainstTheLimit() {
    var application = application().sparkDefaults(Map.of("spark.executor.cores", "32"));
    assertThatThrownBy(application::build).hasMessageContaining("a session needs at least 36 vCPU");
  }

  @Test
  void speaksOfJobRunsWhereThereAreNoSessions() {
    var application =
        application()
            .type(ApplicationType.spark().withoutSessions())
            .capacityLimit(CapacityLimit.of(4, 16, 40));
    assertThatThrownBy(application::build)
        .hasMessageContaining("but a job run needs at least 8 vCPU")
        .hasMessageEndingWith("raise the limit, or make job runs smaller with sparkDefaults");
  }

  @Test
  void warnsOfAWarmWorkerThatItDoesNotKnow() {
    WorkerSize large = WorkerSize.of(32, 244);
    EmrServerlessApplication application =
        application()
            .capacityLimit(CapacityLimit.ofWorkers(4, large).withinQuota(10_000))
            .warmPool(WarmPool.of(1, FOUR, 1, large))
            .build();
    assertThat(Synth.warnings(stack))
        .filteredOn(warning -> warning.contains("unknownWorkerSize"))
        .singleElement()
        .asString()
        .startsWith("warmPool has workers of 32 vCPU / 244 GB, which")
        .contains("1 vCPU: 2 to 8 GB in steps of 1");
    acknowledge(application, "unknownWorkerSize", "lopsidedLimit");
  }

  private void acknowledge(EmrServerlessApplication application, String... ids) {
    for (String id : ids) {
      Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:" + id);
    }
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }
}
