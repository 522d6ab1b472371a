package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityLimitTest {

  @Test
  void isInProportionWhenCountedInWorkers() {
    assertThat(CapacityLimit.ofWorkers(50, WorkerSize.of(2, 16)))
        .usingRecursiveComparison()
        .isEqualTo(CapacityLimit.of(100, 800, 1000));
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, -1"})
  void rejectsWhatIsNoLimit(int vcpu, int memoryGb, int diskGb) {
    assertThatThrownBy(() -> CapacityLimit.of(vcpu, memoryGb, diskGb))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a limit; use at least 1 of each");
  }

  @Test
  void rejectsZeroWorkers() {
    assertThatThrownBy(() -> CapacityLimit.ofWorkers(0, WorkerSize.of(1, 2)))
        .hasMessage("CapacityLimit: 0 workers; use at least 1");
  }
}
