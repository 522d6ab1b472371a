package io.sparkgate.benchmark.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule "idle" of docs/reaper.md: at the limit a session is due, at the next sweep it ends. */
class ReaperTest {

  @ParameterizedTest
  @CsvSource({
    "15, 5, 0, 900",
    "15, 5, 1, 1200",
    "15, 5, 299, 1200",
    "15, 5, 300, 1200",
    "10, 1, 61, 720",
    "10, 15, 0, 900",
    "20, 15, 600, 1800",
    "60, 5, 2700, 6300"
  })
  void endsAtTheFirstSweepAtOrAfterTheLimit(int limit, int every, long idleSince, long ends) {
    assertThat(Reaper.of(limit, every).ends(idleSince)).isEqualTo(ends);
  }
}
