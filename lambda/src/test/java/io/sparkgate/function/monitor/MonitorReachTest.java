package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.BUS;
import static io.sparkgate.function.monitor.Monitoring.USAGE;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.metrics;
import static io.sparkgate.function.stub.Operation.GET_JOB_RUN;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static io.sparkgate.function.stub.Operation.LIST_JOB_RUNS;
import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.Invocation;
import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import io.sparkgate.function.stub.StubJobRun;
import io.sparkgate.function.stub.StubSession;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How far a pass looks back, and what it does when it has no time. */
class MonitorReachTest {

  private static final long DAY = 24 * 60;

  @AutoClose private final Monitoring monitoring = new Monitoring(USAGE, BUS);

  private List<String> listedSince(Operation operation) {
    return monitoring.emr.calls().stream()
        .filter(operation)
        .filter(call -> call.query().containsKey("createdAtAfter"))
        .map((Call call) -> call.query().get("createdAtAfter").get(0))
        .toList();
  }

  @Test
  void recordsAfterAColdStartWhatEndedLongAfterItWasCreated() {
    monitoring.app.put(
        StubSession.of("s1", "", ago(26 * 60)).endedAt(ago(150)).billed("1", "1", "0"));
    monitoring.app.put(
        StubJobRun.streaming("j1", "", ago(7 * DAY)).endedAt(ago(6), "900", "1800", "0"));

    monitoring.run();

    assertThat(monitoring.aws.objects())
        .containsOnlyKeys(
            "bills/usage/month=2026-11/day=20/session-s1.json",
            "bills/usage/month=2026-11/day=20/jobrun-j1.json");
  }

  /** Its lifetime may be a week. */
  @Test
  void seesASessionThatLivesForDays() {
    monitoring.app.put(StubSession.of("s1", "BUSY", ago(6 * DAY)));

    monitoring.run();
    monitoring.lines();
    monitoring.pass(5);
    monitoring.run();

    assertThat(metrics(monitoring.lines())).containsEntry("SessionsLive", 1);
  }

  @Test
  void leavesWhatEndedDaysAgoToTheRecordsOfTheProcessBefore() {
    monitoring.app.put(StubSession.of("s1", "", ago(4 * DAY)).endedAt(ago(3 * DAY)));
    monitoring.app.put(new StubJobRun("j1", "", ago(4 * DAY)).endedAt(ago(3 * DAY), "1", "1", "0"));

    monitoring.run();

    assertThat(monitoring.emr.calls()).noneMatch(GET_SESSION).noneMatch(GET_JOB_RUN);
    assertThat(monitoring.aws.objects()).isEmpty();
  }

  @Test
  void listsFarOnceAndThenWhatItMayNotKnow() {
    monitoring.run();
    monitoring.pass(5);
    monitoring.run();

    assertThat(listedSince(LIST_SESSIONS))
        .containsExactly("2026-11-12T12:00:00Z", "2026-11-19T11:05:00Z");
    assertThat(listedSince(LIST_JOB_RUNS))
        .containsExactly("2026-11-12T12:00:00Z", "2026-11-20T11:45:00Z");
  }

  @Test
  void listsAgainAsFarWhereAListWasRefused() {
    monitoring.run();
    monitoring.emr.next(1, LIST_SESSIONS).fail(Fault.DENIED);
    monitoring.pass(60);
    assertThatThrownBy(monitoring::run).isInstanceOf(MonitorFailed.class);
    monitoring.pass(60);
    monitoring.run();

    assertThat(listedSince(LIST_JOB_RUNS))
        .containsExactly("2026-11-12T12:00:00Z", "2026-11-20T11:45:00Z", "2026-11-20T11:45:00Z");
  }

  /** The list of what is over does not show it again. */
  @Test
  void looksInTheNextPassAtWhatCouldNotBeLookedAt() {
    monitoring.app.put(new StubJobRun("j1", "", ago(90)).endedAt(ago(30), "8", "32", "0"));
    monitoring.emr.next(1, GET_JOB_RUN).fail(Fault.DENIED);
    assertThatThrownBy(monitoring::run).isInstanceOf(MonitorFailed.class);

    monitoring.pass(5);
    monitoring.run();

    assertThat(monitoring.record("month=2026-11/day=20/jobrun-j1.json"))
        .containsEntry("vcpuHours", 8);
  }

  @Test
  void goesHalfAsFarWhereTheFirstListsDoNotFit() {
    monitoring.run(Invocation.MARGIN);
    monitoring.pass(5);
    monitoring.run();

    assertThat(listedSince(LIST_JOB_RUNS)).containsExactly("2026-11-16T12:05:00Z");
  }

  /** Of sessions that is no help, as they are listed for a day anyway. */
  @Test
  void goesAnHourBackAtLeast() {
    monitoring.run(Invocation.MARGIN);
    for (int i = 0; i < 9; i++) {
      assertThatThrownBy(() -> monitoring.run(Invocation.MARGIN)).isInstanceOf(MonitorFailed.class);
    }
    monitoring.run();

    assertThat(listedSince(LIST_JOB_RUNS)).containsExactly("2026-11-20T11:00:00Z");
    assertThat(listedSince(LIST_SESSIONS)).containsExactly("2026-11-19T11:00:00Z");
  }

  @Test
  void goesAsFarAgainWhereAFirstListWasRefused() {
    monitoring.emr.next(1, LIST_SESSIONS).fail(Fault.DENIED);
    assertThatThrownBy(monitoring::run).isInstanceOf(MonitorFailed.class);
    monitoring.run();

    assertThat(listedSince(LIST_SESSIONS))
        .containsExactly("2026-11-12T12:00:00Z", "2026-11-12T12:00:00Z");
  }

  @Test
  void tellsWhatItHasReadThoughItsListsDoNotFit() {
    monitoring.app.put(StubSession.of("s1", "STARTED", ago(1)));
    // The second list of job runs would have to wait for longer than the pass may take.
    monitoring.rate("\"listJobRuns\":{\"perSecond\":0.01,\"burst\":1}");

    monitoring.runWithin(Invocation.MARGIN.plusSeconds(3));

    assertThat(monitoring.eventIds()).containsExactly("s1:started", "s1:ready");
  }

  @Test
  void failsWhereItLeavesSomethingTwiceRunning() {
    monitoring.run(Invocation.MARGIN);

    assertThatThrownBy(() -> monitoring.run(Invocation.MARGIN))
        .isInstanceOf(MonitorFailed.class)
        .hasMessage(
            "1 failed, the first is application 00app: left to the next pass, as something was by"
                + " the pass before; what to do: let one monitor watch fewer applications, or give"
                + " it a larger share of the rates");
  }

  @Test
  void bearsThatItLeavesSomethingNowAndThen() {
    for (int i = 0; i < 3; i++) {
      monitoring.run(Invocation.MARGIN);
      monitoring.pass(5);
      monitoring.run();
      monitoring.pass(5);
    }

    assertThat(monitoring.lines())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).containsEntry("outcome", "left"));
  }

  @Test
  void saysWhatOfAListCannotBeReadAndTellsTheRest() {
    monitoring.app.put(StubSession.of("s1", "STARTED", ago(1)));
    monitoring.app.put(StubSession.of("s2", "BUSY", ago(1)).without("createdAt"));

    assertThatThrownBy(monitoring::run)
        .isInstanceOf(MonitorFailed.class)
        .hasMessageContaining("session s2 in the list: ");

    assertThat(metrics(monitoring.lines())).containsEntry("SessionsLive", 1);
  }

  /** Else all that it knows would seem to be gone, and be asked for one by one. */
  @Test
  void looksAtNothingWhereTheListIsRefused() {
    monitoring.app.put(StubSession.of("s1", "STARTED", ago(1)));
    monitoring.run();
    monitoring.emr.always(LIST_SESSIONS).fail(Fault.DENIED);
    monitoring.pass(5);

    assertThatThrownBy(monitoring::run).isInstanceOf(MonitorFailed.class);

    assertThat(monitoring.emr.calls().stream().filter(GET_SESSION)).hasSize(1);
  }
}
