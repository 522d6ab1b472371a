package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.APP;
import static io.sparkgate.function.monitor.Monitoring.BUS;
import static io.sparkgate.function.monitor.Monitoring.POLICY;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.idle;
import static io.sparkgate.function.monitor.Monitoring.in;
import static io.sparkgate.function.monitor.Monitoring.session;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static io.sparkgate.function.stub.Operation.PUT_EVENTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.StubSession;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorEventsTest {

  @AutoClose private final Monitoring monitoring = new Monitoring(BUS, POLICY);

  @Test
  void tellsThatASessionStarted() {
    monitoring.app.put(
        StubSession.of("s1", "SUBMITTED", ago(1))
            .startedAt(null)
            .withTag("sparkgate:owner", "alice"));

    assertThat(monitoring.run()).containsEntry("Events", 1);
    monitoring.pass(5);
    assertThat(monitoring.run()).containsEntry("Events", 0);

    assertThat(monitoring.events())
        .containsExactly(
            Map.ofEntries(
                Map.entry("detailType", "Spark Connect Session Started"),
                Map.entry("eventId", "s1:started"),
                Map.entry("applicationId", APP),
                Map.entry("sessionId", "s1"),
                Map.entry("name", "notebook-s1"),
                Map.entry("title", "notebook-s1"),
                Map.entry("monitor", "sparkgate-monitor"),
                Map.entry("owner", "alice"),
                Map.entry("createdBy", "arn:aws:sts::123456789012:assumed-role/developers/alice"),
                Map.entry("executionRole", "arn:aws:iam::123456789012:role/spark"),
                Map.entry("state", "SUBMITTED"),
                Map.entry("time", "2026-11-20T11:59:00Z")));
  }

  @Test
  void tellsHowLongASessionTookToGetReady() {
    monitoring.app.put(StubSession.of("s1", "STARTED", ago(3)).startedAt(ago(1)));

    monitoring.run();

    assertThat(monitoring.eventIds()).containsExactly("s1:started", "s1:ready");
    assertThat(monitoring.events().get(1))
        .containsEntry("detailType", "Spark Connect Session Ready")
        .containsEntry("readySeconds", 120)
        .containsEntry("time", "2026-11-20T11:59:00Z");
  }

  @Test
  void tellsWhyASessionFailed() {
    monitoring.app.put(
        session("s1", "FAILED")
            .endedAt(ago(1))
            .withState("FAILED")
            .with("stateDetails", "no room"));

    monitoring.run();

    assertThat(monitoring.events())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event)
                    .containsEntry("eventId", "s1:failed")
                    .containsEntry("stateDetails", "no room"));
  }

  @Test
  void tellsOfAFailureOfWhichTheServiceSaysNothing() {
    monitoring.app.put(
        session("s1", "FAILED").endedAt(ago(1)).withState("FAILED").without("stateDetails"));

    monitoring.run();

    assertThat(monitoring.events())
        .singleElement()
        .satisfies(event -> assertThat(event).containsEntry("stateDetails", ""));
  }

  @Test
  void warnsOnceBeforeTheReaperEndsAnIdleSession() {
    monitoring.app.put(idle("s1", 46));

    monitoring.run();
    assertThat(monitoring.events()).isEmpty();
    monitoring.pass(5);
    monitoring.run();
    monitoring.pass(5);
    Map<String, Object> answer = monitoring.run();

    assertThat(answer).containsEntry("Warned", 0);
    assertThat(monitoring.events())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event)
                    .containsEntry("detailType", "Spark Connect Session Idle Warning")
                    .containsEntry("eventId", "s1:idleWarning:2026-11-20T12:14:00Z")
                    .containsEntry("rule", "idle")
                    .containsEntry("endsAt", "2026-11-20T12:14:00Z")
                    .containsEntry("reason", "idle for 60 min, limit 60 min")
                    .containsEntry(
                        "keepCommand", "sparkgate keep s1 --until 2026-11-20T14:14:00Z"));
    assertThat(monitoring.lines().stream().filter(line -> "warned".equals(line.get("outcome"))))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .containsEntry("type", "decision")
                    .containsEntry("sessionId", "s1")
                    .containsEntry("owner", "alice")
                    .containsEntry(
                        "createdBy", "arn:aws:sts::123456789012:assumed-role/developers/alice")
                    .containsEntry("ageSeconds", 305 * 60)
                    .containsEntry("idleSeconds", 51 * 60)
                    .containsEntry("rule", "idle")
                    .containsEntry(
                        "reason",
                        "ends at 2026-11-20T12:14:00Z unless it is used or kept: idle for 60 min,"
                            + " limit 60 min"));
  }

  @Test
  void saysWhereTheCommandFindsTheSession() {
    monitoring.configure(BUS, POLICY, "\"parameterPrefix\":\"/sparkgate/dev\"");
    monitoring.app.put(idle("s1", 55));

    monitoring.run();

    assertThat(monitoring.events().get(0))
        .containsEntry(
            "keepCommand", "sparkgate keep s1 --env /sparkgate/dev --until 2026-11-20T14:05:00Z");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "my \"quoted\" name|my quoted name",
        "a](https://evil) <b>*c*|ahttps://evil bc",
        "\\\"}|s1",
        "' '|s1",
        "0123456789012345678901234567890123456789012345678901234567890123456789"
            + "|0123456789012345678901234567890123456789012345678901234567890123"
      })
  void hasATitleThatBreaksNoTemplateAndNoMessage(String name, String title) {
    monitoring.app.put(StubSession.of("s1", "STARTED", ago(1)).with("name", name));

    monitoring.run();

    assertThat(monitoring.events().get(0)).containsEntry("title", title);
  }

  @Test
  void warnsAgainInTheNextIdleSpell() {
    monitoring.app.put(idle("s1", 55));
    monitoring.run();
    monitoring.app.put(idle("s1", 55).idleSince(in(2)).updatedAt(in(2)));
    monitoring.at(in(55));
    monitoring.run();

    assertThat(monitoring.eventIds())
        .containsExactly(
            "s1:idleWarning:2026-11-20T12:05:00Z", "s1:idleWarning:2026-11-20T13:02:00Z");
  }

  @Test
  void doesNotWarnWhatIsKept() {
    monitoring.app.put(idle("s1", 55).withTag("keep-until", "2026-11-21T00:00:00Z"));

    monitoring.run();

    assertThat(monitoring.events()).isEmpty();
  }

  @Test
  void warnsBeforeTheTagNoLongerKeeps() {
    monitoring.app.put(idle("s1", 200).withTag("keep-until", "2026-11-20T12:07:00Z"));

    monitoring.run();

    assertThat(monitoring.eventIds()).containsExactly("s1:idleWarning:2026-11-20T12:07:00Z");
  }

  /** The list says nothing of tags, and perhaps nothing changes there with them. */
  @Test
  void looksOnceMoreBeforeItWarns() {
    monitoring.app.put(idle("s1", 40));
    monitoring.run();
    monitoring.app.put(idle("s1", 40).withTag("keep-until", "2026-11-21T00:00:00Z"));
    monitoring.pass(12);
    monitoring.run();

    assertThat(monitoring.events()).isEmpty();
  }

  /** Looks are few: the service takes some a second from all. */
  @Test
  void looksOnlyAtWhatItMayHaveToWarnOf() {
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 52));
    monitoring.run();
    monitoring.pass(5);

    assertThat(monitoring.run()).containsEntry("Read", 1);
  }

  @Test
  void doesNotWarnByWhatAnEarlierPassSaw() {
    monitoring.app.put(idle("s1", 40));
    monitoring.run();
    monitoring.emr.always(GET_SESSION).fail(Fault.DENIED);
    monitoring.pass(12);

    assertThatThrownBy(monitoring::run).isInstanceOf(MonitorFailed.class);

    assertThat(monitoring.events()).isEmpty();
  }

  /** There is nobody to tell, but whoever reads the log. */
  @Test
  void warnsInItsLogOnceWithoutABus() {
    monitoring.configure(POLICY);
    monitoring.app.put(idle("s1", 55));

    assertThat(monitoring.run()).containsEntry("Warned", 1).containsEntry("Events", 0);
    assertThat(monitoring.run()).containsEntry("Warned", 0);
  }

  @Test
  void doesNotWarnOfWhatIsDueAlready() {
    monitoring.app.put(idle("s1", 61));

    monitoring.run();

    assertThat(monitoring.events()).isEmpty();
  }

  @Test
  void tellsAgainWhatTheBusDidNotTakeAndFails() {
    monitoring.app.put(StubSession.of("s1", "STARTED", ago(1)));
    monitoring.aws.next(1, PUT_EVENTS).answering("ErrorCode", "InternalFailure");

    assertThatThrownBy(monitoring::run)
        .isInstanceOf(MonitorFailed.class)
        .hasMessageContaining("InternalFailure");
    assertThat(monitoring.eventIds()).containsExactly("s1:ready");
    monitoring.run();
    monitoring.run();

    assertThat(monitoring.eventIds()).containsExactly("s1:ready", "s1:started");
  }

  @Test
  void keepsItsMetricsWhereTheBusIsDenied() {
    monitoring.app.put(StubSession.of("s1", "STARTED", ago(1)));
    monitoring.aws.always(PUT_EVENTS).fail(Fault.DENIED);

    assertThatThrownBy(monitoring::run)
        .hasMessageContaining("AccessDeniedException")
        .hasMessageContaining("event bus platform");
    assertThat(Monitoring.metrics(monitoring.lines())).containsEntry("SessionStarts", 1);
  }
}
