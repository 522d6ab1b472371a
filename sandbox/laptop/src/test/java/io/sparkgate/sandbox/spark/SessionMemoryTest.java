package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionMemoryTest {
  private static final SessionMemory LARGE_MACHINE = SessionMemory.ofGigabytes(1024);

  @Test
  void isTheDriversMemoryOfTheSession() {
    assertThat(LARGE_MACHINE.heapFor(Map.of("spark.driver.memory", "6g"))).isEqualTo(6 * 1024);
    assertThat(LARGE_MACHINE.heapFor(Map.of("spark.driver.memory", "900"))).isEqualTo(900);
  }

  @Test
  void isTheServicesDefaultWhereTheSessionSaysNothing() {
    assertThat(LARGE_MACHINE.heapFor(Map.of())).isEqualTo(14 * 1024);
  }

  @Test
  void isNeverMoreThanThisMachineGives() {
    assertThat(SessionMemory.ofGigabytes(1.5).heapFor(Map.of())).isEqualTo(1536);
    assertThat(SessionMemory.ofGigabytes(2).heapFor(Map.of("spark.driver.memory", "14g")))
        .isEqualTo(2 * 1024);
  }

  @Test
  void isAQuarterOfTheMachineAndAtLeastOneGigabyte() {
    assertThat(SessionMemory.ofMachine(16L << 30)).hasToString("4 GB");
    assertThat(SessionMemory.ofMachine(2L << 30)).hasToString("1 GB");
  }

  @Test
  void leavesItToSparkToSayWhatIsWrongWithASize() {
    assertThat(LARGE_MACHINE.heapFor(Map.of("spark.driver.memory", "lots"))).isEqualTo(14 * 1024);
    assertThat(LARGE_MACHINE.heapFor(Map.of("spark.driver.memory", "0"))).isEqualTo(1);
  }
}
