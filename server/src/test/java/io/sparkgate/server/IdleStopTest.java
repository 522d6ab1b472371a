package io.sparkgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdleStopTest {
  private static final Executions RUNNING = new Executions(true, "a ");
  private static final Executions HELD = new Executions(false, "a ");
  private static final Executions NOTHING = new Executions(false, "last 1");

  private final IdleClock clock = new IdleClock(10, 0);

  @Test
  void endsWhatNobodyUsesForAsLongAsTheLimit() {
    assertThat(clock.isOver(NOTHING, 1)).isFalse();
    assertThat(clock.isOver(NOTHING, 10)).isFalse();
    assertThat(clock.isOver(NOTHING, 11)).isTrue();
  }

  @Test
  void endsNothingThatRunsHoweverLong() {
    assertThat(clock.isOver(RUNNING, 100)).isFalse();
    assertThat(clock.isOver(RUNNING, 1000)).isFalse();
  }

  @Test
  void endsWhatHoldsOnlyResultsThatNobodyFetches() {
    clock.isOver(RUNNING, 100);

    assertThat(clock.isOver(HELD, 109)).isFalse();
    assertThat(clock.isOver(HELD, 110)).isTrue();
  }

  /** Two looks are up to ten seconds apart, and a query takes less. */
  @Test
  void seesWhatRanBetweenTwoLooks() {
    clock.isOver(NOTHING, 1);

    assertThat(clock.isOver(new Executions(false, "last 2"), 12)).isFalse();
    assertThat(clock.isOver(new Executions(false, "last 2"), 21)).isFalse();
    assertThat(clock.isOver(new Executions(false, "last 2"), 22)).isTrue();
  }

  @Test
  void waitsAnHourWhereNothingIsSaid() {
    assertThat(IdleStop.limit(new SparkConf(false))).isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "0", "20ms", "-5m"})
  void saysWhatATimeIs(String value) {
    SparkConf conf = new SparkConf(false).set("spark.sparkgate.idleStop", value);

    assertThatThrownBy(() -> IdleStop.limit(conf))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "IdleStop: spark.sparkgate.idleStop is '"
                + value
                + "', and takes a time such as 60m, of a second at least");
  }
}
