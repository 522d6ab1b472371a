package io.sparkgate.benchmark.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BillTest {

  private static final double HOUR = 4 * 0.052624 + 16 * 0.0057785;

  @Test
  void anIdleHourCostsADriver() {
    assertThat(bill(new Usage(0, 0, 3600, 0, 0, 1, 0, 0, 0)).idle()).isCloseTo(HOUR, within(1e-12));
  }

  @Test
  void aBusyHourCostsItsExecutorsToo() {
    Bill bill = bill(new Usage(0, 3600, 0, 3 * 3600, 0, 1, 0, 0, 0));

    assertThat(bill.busy()).isCloseTo(4 * HOUR, within(1e-12));
    assertThat(bill.total()).isEqualTo(bill.busy());
  }

  @Test
  void aWarmDriverThatWaitsCostsADriver() {
    Bill bill = bill(Usage.ofPool(3600));

    assertThat(bill.pool()).isCloseTo(HOUR, within(1e-12));
    assertThat(bill.unused()).isEqualTo(bill.total());
  }

  @Test
  void theReaperCostsEverySweepAndWhatWatchesIt() {
    Upkeep.Needs needs = Upkeep.Needs.DEFAULT;
    Upkeep upkeep = Upkeep.of(Reaper.of(30, 5), 10, needs, Prices.US_EAST_1);

    assertThat(upkeep.sweeps()).isEqualTo(8640);
    assertThat(upkeep.scheduler()).isCloseTo(0.00864, within(1e-12));
    assertThat(upkeep.lambda())
        .isCloseTo(8640 * (0.5 * 4 * 0.0000133334 + 0.0000002), within(1e-12));
    assertThat(upkeep.logs()).isCloseTo(8640 * 8e-6 * 0.5, within(1e-12));
    assertThat(upkeep.watching()).isCloseTo(3.2, within(1e-12));
  }

  private static Bill bill(Usage usage) {
    return Bill.of(usage, Service.DEFAULT, Prices.US_EAST_1);
  }
}
