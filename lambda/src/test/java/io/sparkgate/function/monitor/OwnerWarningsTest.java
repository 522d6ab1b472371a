package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.BUS;
import static io.sparkgate.function.monitor.Monitoring.PRICES;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.idle;
import static io.sparkgate.function.monitor.Monitoring.in;
import static io.sparkgate.function.stub.Operation.TERMINATE_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.stub.StubSession;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OwnerWarningsTest {

  private static final String TWO =
      """
      "owners":{"maxSessions":2,"end":"longestIdle","dryRun":false,"warnMinutes":10}""";

  @AutoClose private final Monitoring monitoring = new Monitoring(BUS, PRICES, TWO);

  private void putThree() {
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 30)).put(busy("s3"));
  }

  private static StubSession busy(String id) {
    return StubSession.of(id, "BUSY", ago(1)).withTag("sparkgate:owner", "alice");
  }

  private List<Map<String, Object>> warnings() {
    return monitoring.events().stream()
        .filter(event -> event.get("detailType").equals("Spark Connect Session Idle Warning"))
        .toList();
  }

  @Test
  void tellsAnOwnerOnceBeforeASessionBeyondTheLimitEnds() {
    putThree();
    String endsAt = in(10).toString();

    assertThat(monitoring.run()).containsEntry("Warned", 1).containsEntry("Terminated", 0);
    assertThat(monitoring.eventIds()).contains("s2:ownerLimit");
    assertThat(monitoring.lines().stream().map(line -> line.get("reason")))
        .contains(
            "ends at %s: alice has 3 live sessions, limit 2; this one is idle for 30 min"
                .formatted(endsAt));
    monitoring.pass(5);
    assertThat(monitoring.run()).containsEntry("Warned", 0).containsEntry("Terminated", 0);
    assertThat(monitoring.emr.calls()).noneMatch(TERMINATE_SESSION);
    monitoring.pass(5);
    assertThat(monitoring.run()).containsEntry("Terminated", 1);

    assertThat(monitoring.app.stateOf("s2")).isEqualTo("TERMINATING");
    assertThat(warnings())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event)
                    .containsEntry("sessionId", "s2")
                    .containsEntry("rule", "ownerLimit")
                    .containsEntry("endsAt", endsAt)
                    .containsEntry(
                        "reason",
                        "alice has 3 live sessions, limit 2; this one is idle for 30 min"));
    assertThat(monitoring.eventIds()).contains("s2:ownerLimit", "s2:terminated");
  }

  @Test
  void warnsAnewOfWhatWasCalledOffMeanwhile() {
    putThree();
    monitoring.run();
    monitoring.app.put(busy("s3").endedAt(in(1)));
    monitoring.pass(15);
    monitoring.run();
    monitoring.app.put(busy("s4"));
    monitoring.pass(5);

    monitoring.run();

    assertThat(monitoring.emr.calls()).noneMatch(TERMINATE_SESSION);
    assertThat(warnings()).hasSize(2);
  }

  @Test
  void saysWhereTheCommandFindsTheSession() {
    monitoring.configure(BUS, TWO, "\"parameterPrefix\":\"/sparkgate/dev\"");
    putThree();

    monitoring.run();

    assertThat(warnings().get(0))
        .containsEntry(
            "keepCommand", "sparkgate keep s2 --env /sparkgate/dev --until 2026-11-20T14:10:00Z");
  }

  /** Of the day before, nothing counts. */
  @Test
  void warnsAnewWhenTheBudgetOfAnotherDayIsUsedUp() {
    monitoring.configure(
        BUS,
        PRICES,
        """
        "owners":{"dailyDollars":10,"warnPercent":100,"end":"longestIdle","dryRun":false,\
        "warnMinutes":10}""");
    monitoring.app.put(idle("s1", 5));
    monitoring.app.put(busy("over").endedAt(ago(0)).billed("200", "0", "0"));
    monitoring.run();
    monitoring.pass(24 * 60);
    monitoring.run();
    monitoring.app.put(busy("over2").endedAt(in(24 * 60)).billed("200", "0", "0"));
    monitoring.pass(5);

    monitoring.run();

    assertThat(monitoring.emr.calls()).noneMatch(TERMINATE_SESSION);
    assertThat(warnings())
        .extracting(event -> event.get("rule") + " " + event.get("endsAt"))
        .containsExactly("ownerBudget " + in(10), "ownerBudget " + in(24 * 60 + 15));
  }

  @Test
  void givesAsMuchTimeAgainAfterAColdStart() {
    putThree();
    monitoring.run();
    monitoring.pass(9);
    monitoring.coldStart();
    monitoring.run();
    monitoring.pass(5);

    monitoring.run();

    assertThat(monitoring.emr.calls()).noneMatch(TERMINATE_SESSION);
  }
}
