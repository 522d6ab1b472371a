package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.BUS;
import static io.sparkgate.function.monitor.Monitoring.PRICES;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.idle;
import static io.sparkgate.function.monitor.Monitoring.session;
import static io.sparkgate.function.stub.Operation.TERMINATE_SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import io.sparkgate.function.stub.StubSession;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The last look before an end, and what becomes of it. */
class OwnerEndsTest {

  private static final String TWO =
      """
      "owners":{"maxSessions":2,"end":"longestIdle","dryRun":false}""";

  @AutoClose private final Monitoring monitoring = new Monitoring(BUS, PRICES, TWO);

  private static StubSession justStarted(String id) {
    return StubSession.of(id, "BUSY", ago(1)).withTag("sparkgate:owner", "alice");
  }

  @Test
  void looksOnceMoreAndLeavesWhatWorksByNow() {
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 50)).put(justStarted("s3"));
    monitoring.app.afterGets(1, "s2", session -> session.withState("BUSY"));

    monitoring.run();

    assertThat(monitoring.reasons())
        .containsExactly(
            "was to end, but is BUSY by now: alice has 3 live sessions, limit 2; this one is idle"
                + " for 50 min");
    assertThat(monitoring.emr.calls()).noneMatch(TERMINATE_SESSION);
  }

  @ParameterizedTest
  @CsvSource({"TERMINATED, gone", "FAILED, gone", "TERMINATING, gone", "PAUSED, kept"})
  void leavesWhatIsOverOrCannotBeToldMeanwhile(String state, String outcome) {
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 50)).put(justStarted("s3"));
    monitoring.app.afterGets(1, "s2", session -> session.withState(state));

    monitoring.run();

    assertThat(monitoring.decisions()).containsExactly("s2 ownerLimit " + outcome);
    assertThat(monitoring.emr.calls()).noneMatch(TERMINATE_SESSION);
  }

  @ParameterizedTest
  @EnumSource(
      value = Operation.class,
      names = {"GET_SESSION", "TERMINATE_SESSION"})
  void tellsNoEndOfWhatIsGoneMeanwhile(Operation operation) {
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 50)).put(justStarted("s3"));
    monitoring.app.afterGets(
        1,
        "s2",
        session -> {
          monitoring.emr.always(operation.of("s2")).fail(Fault.NOT_FOUND);
          return session;
        });

    assertThat(monitoring.run()).containsEntry("Terminated", 0);

    assertThat(monitoring.decisions()).containsExactly("s2 ownerLimit gone");
    assertThat(monitoring.toldIds()).isEmpty();
  }

  @Test
  void asksAgainInTheSamePassWhatTheServiceThrottles() {
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 50)).put(justStarted("s3"));
    monitoring.emr.next(2, TERMINATE_SESSION).fail(Fault.THROTTLED);

    assertThat(monitoring.run()).containsEntry("Terminated", 1).containsEntry("Left", 0);

    assertThat(monitoring.decisions()).containsExactly("s2 ownerLimit terminated");
  }

  @Test
  void leavesWhatIsKeptBeforeItsEnd() {
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 50)).put(session("s3", "BUSY"));
    monitoring.app.afterGets(
        1, "s2", session -> session.withTag("keep-until", "2026-11-21T00:00:00Z"));

    monitoring.run();

    assertThat(monitoring.reasons())
        .containsExactly(
            "protected by tag keep-until; otherwise alice has 3 live sessions, limit 2; this one"
                + " is idle for 50 min");
    assertThat(monitoring.app.stateOf("s2")).isEqualTo("IDLE");
  }

  @Test
  void goesOnWithTheOthersWhereOneEndIsRefused() {
    monitoring.configure(BUS, TWO.replace("2", "1"));
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 50)).put(idle("s3", 40));
    monitoring.emr.always(TERMINATE_SESSION.of("s2")).fail(Fault.DENIED);

    assertThatThrownBy(monitoring::run)
        .isInstanceOf(MonitorFailed.class)
        .hasMessageStartingWith("1 failed, the first is session s2: AccessDeniedException");
    assertThat(monitoring.app.stateOf("s3")).isEqualTo("TERMINATING");
    assertThat(monitoring.toldIds()).doesNotContain("s2:terminated");
  }
}
