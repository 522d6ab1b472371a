package io.sparkgate.benchmark.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallersTest {

  @Test
  void theLowestRanksRaiseTheTimeout() {
    assertThat(timeout(0.14)).isEqualTo(Duration.ofHours(8));
    assertThat(timeout(0.15)).isEqualTo(Duration.ofMinutes(1_000_000));
    assertThat(timeout(0.30)).isEqualTo(Duration.ofMinutes(60));
  }

  private static Duration timeout(double rank) {
    Notebook notebook = new Notebook(List.of(new Statement(0, 1)), false, 0, rank);
    return Callers.MIXED.timeout(notebook, Service.DEFAULT);
  }
}
