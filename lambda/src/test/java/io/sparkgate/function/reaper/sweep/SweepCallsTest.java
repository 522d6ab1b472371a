package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Sweeping.config;
import static io.sparkgate.function.reaper.sweep.Sweeping.idle;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.stub.Gate;
import java.io.OutputStream;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What hangs costs a sweep no more than the limit of a call, and does not go unnoticed. */
class SweepCallsTest {

  /** Long enough for the call to arrive, which hangs then. */
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @AutoClose private final Sweeping sweeping = new Sweeping(1, LIMIT);

  @Test
  void failsForASessionThatHangsAndGoesOnWithTheOthers() {
    sweeping.emr.application("app1").put(idle("s1", 100)).put(idle("s2", 90));
    Gate gate = sweeping.emr.always(GET_SESSION.of("s1")).hold();

    assertThatThrownBy(
            () -> sweeping.handle(config("app1"), MINUTE, OutputStream.nullOutputStream()))
        .isInstanceOf(SweepFailed.class)
        .hasMessageStartingWith("1 failed, the first is session s1: ApiCallTimeoutException: ");
    gate.open();

    assertThat(sweeping.calls())
        .containsExactly(
            "LIST_SESSIONS app1",
            "GET_SESSION s1",
            "GET_SESSION s2",
            "GET_SESSION s2",
            "TERMINATE_SESSION s2");
    assertThat(sweeping.outcomes()).startsWith("s1 failed", "s2 terminated");
    assertThat(sweeping.lines().get(0).get("error"))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
        .containsEntry("type", "ApiCallTimeoutException");
    assertThat(sweeping.lines().get(2)).containsEntry("Failed", 1).containsEntry("Left", 0);
  }

  @Test
  void leavesWhatHangsWhenItIsTheBudgetThatIsUsedUp() {
    sweeping.emr.application("app1").put(idle("s1", 100)).put(idle("s2", 90));
    Gate gate = sweeping.emr.always(GET_SESSION).hold();

    Tally tally =
        sweeping.sweep(config("app1"), sweeping.budget(MINUTE, MINUTE, Duration.ofSeconds(1)));
    gate.open();

    assertThat(sweeping.outcomes()).containsExactly("s1 failed", "s2 left");
    assertThat(sweeping.reason("s2")).isEqualTo("the sweep ran out of time");
    assertThat(tally.failure())
        .hasValueSatisfying(
            line -> assertThat(line).startsWith("1 failed, the first is session s1"));
  }
}
