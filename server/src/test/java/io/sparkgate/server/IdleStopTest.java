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

  private final IdleClock clock = new IdleClock(0);

  @Test
  void countsFromTheStartWhereNobodyComes() {
    clock.idle(NOTHING, 1);

    assertThat(clock.idle(NOTHING, 11)).isEqualTo(10);
  }

  @Test
  void countsNothingWhileSomethingRunsHoweverLong() {
    assertThat(clock.idle(RUNNING, 100)).isZero();
    assertThat(clock.idle(RUNNING, 1000)).isZero();
  }

  @Test
  void countsWhileOnlyResultsAreHeldThatNobodyFetches() {
    clock.idle(RUNNING, 100);

    assertThat(clock.idle(HELD, 110)).isEqualTo(10);
  }

  /** A query may take less than a second, from one look to the next. */
  @Test
  void seesWhatRanBetweenTwoLooks() {
    clock.idle(NOTHING, 1);

    assertThat(clock.idle(new Executions(false, "last 2"), 12)).isZero();
    assertThat(clock.idle(new Executions(false, "last 2"), 21)).isEqualTo(9);
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
