package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.BUS;
import static io.sparkgate.function.monitor.Monitoring.PRICES;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.idle;
import static io.sparkgate.function.monitor.Monitoring.session;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static io.sparkgate.function.stub.Operation.TERMINATE_SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.StubSession;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OwnerLimitsTest {

  private static final String TWO =
      """
      "owners":{"maxSessions":2,"end":"longestIdle","dryRun":false}""";

  @AutoClose private final Monitoring monitoring = new Monitoring(BUS, PRICES, TWO);

  private static StubSession justStarted(String id) {
    return StubSession.of(id, "BUSY", ago(1)).withTag("sparkgate:owner", "alice");
  }

  @Test
  void endsTheOneThatIsIdleForLongestBeyondTheNumberOfSessions() {
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 50)).put(justStarted("s3"));
    monitoring.app.put(idle("s4", 90).withTag("sparkgate:owner", "bob"));

    Map<String, Object> answer = monitoring.run();

    assertThat(answer).containsEntry("Terminated", 1);
    assertThat(monitoring.app.stateOf("s2")).isEqualTo("TERMINATING");
    assertThat(monitoring.app.stateOf("s4")).isEqualTo("IDLE");
    assertThat(monitoring.told())
        .extracting(event -> event.get("detailType"), event -> event.get("eventId"))
        .containsExactly(
            tuple("Spark Connect Session Terminated By Policy", "s2:terminated"),
            tuple("Spark Connect Owner Limit Reached", "s2:ownerLimit"));
    assertThat(monitoring.told().get(0))
        .containsEntry("rule", "ownerLimit")
        .containsEntry("reason", "alice has 3 live sessions, limit 2; this one is idle for 50 min");
    assertThat(monitoring.told().get(1))
        .containsEntry("dryRun", false)
        .containsEntry("liveSessions", 3)
        .containsEntry("maxSessions", 2)
        .containsEntry("rule", "ownerLimit")
        .containsEntry("reason", "alice has 3 live sessions, limit 2; this one is idle for 50 min");
    assertThat(monitoring.decisions()).containsExactly("s2 ownerLimit terminated");
  }

  @Test
  void endsTheNewestOfThoseThatAreNotIdle() {
    monitoring
        .app
        .put(StubSession.of("s1", "STARTED", ago(30)).withTag("sparkgate:owner", "alice"))
        .put(StubSession.of("s2", "STARTED", ago(20)).withTag("sparkgate:owner", "alice"))
        .put(session("s3", "BUSY"));

    monitoring.run();

    assertThat(monitoring.decisions()).containsExactly("s2 ownerLimit terminated");
  }

  @Test
  void endsTheNewestWhereItIsToldSo() {
    monitoring.configure(BUS, TWO.replace("longestIdle", "newest"));
    monitoring
        .app
        .put(idle("s1", 90))
        .put(StubSession.of("s2", "STARTED", ago(20)).withTag("sparkgate:owner", "alice"))
        .put(session("s3", "BUSY"));

    monitoring.run();

    assertThat(monitoring.decisions()).containsExactly("s2 ownerLimit terminated");
  }

  @Test
  void neverEndsWhatIsBusyAndTellsOfTheNewest() {
    monitoring
        .app
        .put(session("s1", "BUSY"))
        .put(session("s2", "BUSY"))
        .put(StubSession.of("s3", "BUSY", ago(3)).withTag("sparkgate:owner", "alice"));

    monitoring.run();
    monitoring.run();

    assertThat(monitoring.emr.calls()).noneMatch(TERMINATE_SESSION);
    assertThat(monitoring.toldIds())
        .containsOnlyOnce("s3:ownerLimit")
        .doesNotContain("s1:ownerLimit", "s2:ownerLimit");
    assertThat(monitoring.decisions()).containsExactly("s3 ownerLimit kept", "s3 ownerLimit kept");
  }

  /** The service may leave out since when it is idle. */
  @Test
  void takesWhatHasNoStampAsIdleSinceItWasCreated() {
    monitoring.app.put(idle("s1", 5).idleSince(null)).put(idle("s2", 50)).put(justStarted("s3"));

    monitoring.run();

    assertThat(monitoring.reasons())
        .containsExactly("alice has 3 live sessions, limit 2; this one is IDLE");
    assertThat(monitoring.app.stateOf("s1")).isEqualTo("TERMINATING");
  }

  @Test
  void saysWhatKeepsASessionBeyondTheLimit() {
    monitoring.configure(BUS, TWO.replace("2", "1"));
    monitoring.app.put(session("s1", "BUSY"));
    monitoring.app.put(
        StubSession.of("s2", "STARTED", ago(9))
            .withTag("sparkgate:owner", "alice")
            .withTag("keep-until", "2026-11-21T00:00:00Z"));

    monitoring.run();

    assertThat(monitoring.reasons())
        .containsExactly(
            "alice has 2 live sessions, limit 1; this one is STARTED; protected by tag"
                + " keep-until");
  }

  @Test
  void endsAnotherInsteadOfWhatIsKept() {
    monitoring
        .app
        .put(idle("s1", 5))
        .put(idle("s2", 50).withTag("keep-until", "2026-11-21T00:00:00Z"))
        .put(session("s3", "BUSY"));

    monitoring.run();

    assertThat(monitoring.decisions()).containsExactly("s1 ownerLimit terminated");
  }

  /** What could not be read may be over, and would count. */
  @Test
  void endsNothingOfAnApplicationThatItCouldNotReadToTheEnd() {
    monitoring.app.put(idle("s1", 5)).put(session("s3", "BUSY"));
    monitoring.run();
    monitoring.app.put(session("s3", "BUSY").endedAt(ago(0))).put(justStarted("s4"));
    monitoring.emr.always(GET_SESSION.of("s3")).fail(Fault.DENIED);

    assertThatThrownBy(monitoring::run).isInstanceOf(MonitorFailed.class);

    assertThat(monitoring.decisions()).containsExactly("s3 null failed");
    assertThat(monitoring.emr.calls()).noneMatch(TERMINATE_SESSION);
  }

  @Test
  void endsNothingForHoursWhileTheListIsRefusedAndSaysSo() {
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 50));
    monitoring.run();
    monitoring.app.put(idle("s1", 5).endedAt(ago(0))).put(justStarted("s3")).put(justStarted("s4"));
    monitoring.emr.always(LIST_SESSIONS).fail(Fault.DENIED);
    monitoring.lines();
    for (int i = 0; i < 3; i++) {
      monitoring.pass(60);
      assertThatThrownBy(monitoring::run).isInstanceOf(MonitorFailed.class);
    }

    assertThat(monitoring.emr.calls()).noneMatch(TERMINATE_SESSION);
    assertThat(monitoring.lines().stream().filter(line -> "left".equals(line.get("outcome"))))
        .hasSize(3)
        .allSatisfy(
            line ->
                assertThat(line)
                    .containsEntry("function", "monitor")
                    .containsEntry(
                        "reason",
                        "its sessions do not count for their owners' limits in this pass: not all"
                            + " of it could be read"));
  }

  @Test
  void saysInADryRunWhatItWouldEnd() {
    monitoring.configure(BUS, TWO.replace("false", "true"));
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 50)).put(justStarted("s3"));

    Map<String, Object> answer = monitoring.run();
    monitoring.run();

    assertThat(answer).containsEntry("WouldTerminate", 1).containsEntry("Terminated", 0);
    assertThat(monitoring.emr.calls()).noneMatch(TERMINATE_SESSION);
    assertThat(monitoring.told())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event)
                    .containsEntry("eventId", "s2:ownerLimit")
                    .containsEntry("dryRun", true));
    assertThat(monitoring.decisions())
        .containsExactly("s2 ownerLimit wouldTerminate", "s2 ownerLimit wouldTerminate");
  }

  @Test
  void tellsNoOldExcessAgainAfterAColdStart() {
    monitoring.configure(BUS, TWO.replace("false", "true"));
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 50));
    monitoring.run();
    monitoring.app.put(StubSession.of("s3", "BUSY", ago(0)).withTag("sparkgate:owner", "alice"));
    monitoring.pass(5);
    monitoring.run();
    monitoring.pass(20);
    monitoring.coldStart();
    monitoring.run();

    assertThat(monitoring.toldIds()).containsOnlyOnce("s2:ownerLimit");
  }

  @Test
  void tellsOnlyWhereNothingIsToEnd() {
    monitoring.configure(BUS, "\"owners\":{\"maxSessions\":2,\"dryRun\":false}");
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 50)).put(justStarted("s3"));

    monitoring.run();

    assertThat(monitoring.reasons())
        .singleElement()
        .asString()
        .endsWith("is idle for 50 min; told only");
    assertThat(monitoring.toldIds()).containsExactly("s2:ownerLimit");
  }
}
