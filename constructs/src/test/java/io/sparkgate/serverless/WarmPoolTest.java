package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WarmPoolTest {

  private static final WorkerSize FOUR = WorkerSize.of(4, 16);

  @Test
  void addsUpItsWorkers() {
    WarmPool pool =
        WarmPool.of(5, WorkerSize.of(2, 4), 50, WorkerSize.of(4, 8).withDisk(Disk.standard(100)));
    assertThat(pool.total().vcpu()).isEqualTo(210);
    assertThat(pool.total().memoryGb()).isEqualTo(420);
    assertThat(pool.total().diskGb()).isEqualTo(5_100);
  }

  @Test
  void doesNotOverflowAtTheLargestCounts() {
    WorkerSize largest = WorkerSize.of(16, 120).withDisk(Disk.shuffleOptimized(2048));
    assertThat(WarmPool.of(1_000_000, largest, 1_000_000, largest).total().diskGb())
        .isEqualTo(4_096_000_000L);
  }

  @Test
  void mayHaveOnlyDriversOrOnlyExecutors() {
    assertThat(WarmPool.ofDrivers(2, FOUR).total().vcpu()).isEqualTo(8);
    assertThat(WarmPool.ofDrivers(2, FOUR).executorCount()).isZero();
    assertThat(WarmPool.ofExecutors(3, FOUR).total().vcpu()).isEqualTo(12);
    assertThat(WarmPool.ofExecutors(3, FOUR).driverCount()).isZero();
  }

  @Test
  void rejectsCountsThatAreNone() {
    assertThatThrownBy(() -> WarmPool.ofDrivers(0, FOUR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("both 0; leave the warm pool out");
    assertThatThrownBy(() -> WarmPool.of(-1, FOUR, 1, FOUR))
        .hasMessage("WarmPool: driverCount is -1; use 0 to 1000000");
    assertThatThrownBy(() -> WarmPool.of(1, FOUR, 1_000_001, FOUR))
        .hasMessage("WarmPool: executorCount is 1000001; use 0 to 1000000");
  }

  @Test
  void costsWhatItsWorkersCost() {
    assertThat(Price.usdPerHour(WarmPool.of(1, FOUR, 2, FOUR))).isCloseTo(0.909, within(0.0005));
    assertThat(Price.perHour(WarmPool.of(1, FOUR, 2, FOUR)))
        .isEqualTo(
            "USD 0.91 per hour (us-east-1 X86_64 list price as of June 2026, from secondary sources that"
                + " agree)");
  }

  @Test
  void paysOnlyForDiskBeyondTheFreeTwentyGigabytes() {
    WarmPool pool = WarmPool.ofDrivers(10, FOUR.withDisk(Disk.standard(120)));
    assertThat(Price.usdPerHour(pool) - Price.usdPerHour(WarmPool.ofDrivers(10, FOUR)))
        .isCloseTo(1000 * 0.000111, within(1e-9));
  }
}
