package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.BUS;
import static io.sparkgate.function.monitor.Monitoring.PRICES;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.idle;
import static io.sparkgate.function.monitor.Monitoring.session;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.stub.StubJobRun;
import io.sparkgate.function.stub.StubSession;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnerBudgetTest {

  /** Of what costs a dollar for twenty hours of a vCPU. */
  private static final String TEN_DOLLARS =
      """
      "owners":{"dailyDollars":10,"warnPercent":80,"end":"longestIdle","dryRun":false}""";

  @AutoClose private final Monitoring monitoring = new Monitoring(BUS, PRICES, TEN_DOLLARS);

  private List<String> ownerDecisions() {
    return monitoring.lines().stream()
        .filter(line -> "ownerDecision".equals(line.get("type")))
        .map(line -> "%s %s %s".formatted(line.get("owner"), line.get("rule"), line.get("outcome")))
        .toList();
  }

  @Test
  void warnsOnceADayBeforeABudgetIsUsedUp() {
    monitoring.app.put(session("s1", "").endedAt(ago(9)).billed("100", "0", "0"));
    monitoring.app.put(idle("s2", 5).billed("60", "0", "0"));

    monitoring.run();
    monitoring.pass(5);
    monitoring.run();

    assertThat(monitoring.told())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event)
                    .containsEntry("detailType", "Spark Connect Owner Budget Warning")
                    .containsEntry("eventId", "alice:budgetWarning:2026-11-20")
                    .containsEntry("owner", "alice")
                    .containsEntry("dollars", 8.0)
                    .containsEntry("dailyDollars", 10.0)
                    .containsEntry("percent", 80)
                    .containsEntry("dryRun", false)
                    .containsEntry("reason", "alice spent 8.00 dollars today, 80 % of 10.0"));
    assertThat(monitoring.app.stateOf("s2")).isEqualTo("IDLE");
    assertThat(ownerDecisions()).containsExactly("alice ownerBudget warned");
  }

  @Test
  void warnsNoSoonerThanItWasTold() {
    monitoring.app.put(session("s1", "").endedAt(ago(9)).billed("159.9", "0", "0"));

    monitoring.run();

    assertThat(monitoring.told()).isEmpty();
  }

  @Test
  void tellsOnceWhereItWarnsOfNothingLessThanAll() {
    monitoring.configure(BUS, PRICES, TEN_DOLLARS.replace("80", "100"));
    monitoring.app.put(session("s1", "").endedAt(ago(9)).billed("200", "0", "0"));

    monitoring.run();

    assertThat(monitoring.toldIds()).containsExactly("alice:ownerBudget:2026-11-20");
    assertThat(ownerDecisions()).containsExactly("alice ownerBudget reached");
  }

  @Test
  void tellsOnlyWhereNothingIsToEnd() {
    monitoring.configure(BUS, PRICES, TEN_DOLLARS.replace("\"end\":\"longestIdle\",", ""));
    monitoring.app.put(idle("s1", 5).billed("200", "0", "0"));

    monitoring.run();

    assertThat(monitoring.decisions()).containsExactly("s1 ownerBudget kept");
    assertThat(monitoring.app.stateOf("s1")).isEqualTo("IDLE");
  }

  @Test
  void endsEachOnceWhereTheNumberOfSessionsIsExceededToo() {
    monitoring.configure(
        BUS, PRICES, TEN_DOLLARS.replace("\"owners\":{", "\"owners\":{\"maxSessions\":1,"));
    monitoring.app.put(idle("s1", 5).billed("100", "0", "0"));
    monitoring.app.put(idle("s2", 9).billed("100", "0", "0"));

    monitoring.run();

    assertThat(monitoring.decisions())
        .containsExactlyInAnyOrder("s2 ownerLimit terminated", "s1 ownerBudget terminated");
  }

  @ParameterizedTest
  @CsvSource({"2026-11-19T23:59:59Z, false", "2026-11-20T00:00:00Z, true"})
  void beginsAtMidnight(Instant ended, boolean counts) {
    monitoring.app.put(session("s1", "").endedAt(ended).billed("160", "0", "0"));

    monitoring.run();

    assertThat(monitoring.toldIds().contains("alice:budgetWarning:2026-11-20")).isEqualTo(counts);
  }

  @Test
  void readsInEachPassWhatLiveSessionsCostSoFar() {
    monitoring.app.put(idle("s1", 5).billed("1", "0", "0"));
    monitoring.run();
    monitoring.pass(5);
    monitoring.run();

    assertThat(monitoring.emr.calls().stream().filter(GET_SESSION)).hasSize(2);
  }

  @Test
  void endsAllButWhatIsBusyWhenABudgetIsUsedUp() {
    monitoring.app.put(idle("s1", 5).billed("150", "0", "0"));
    monitoring.app.put(session("s2", "BUSY").billed("50", "0", "0"));
    monitoring.app.put(session("s3", "STARTED"));

    monitoring.run();

    assertThat(monitoring.app.stateOf("s1")).isEqualTo("TERMINATING");
    assertThat(monitoring.app.stateOf("s2")).isEqualTo("BUSY");
    assertThat(monitoring.app.stateOf("s3")).isEqualTo("TERMINATING");
    assertThat(monitoring.toldIds())
        .containsExactlyInAnyOrder(
            "alice:budgetWarning:2026-11-20",
            "alice:ownerBudget:2026-11-20",
            "s1:terminated",
            "s3:terminated");
    assertThat(monitoring.decisions())
        .containsExactlyInAnyOrder(
            "s1 ownerBudget terminated", "s2 ownerBudget kept", "s3 ownerBudget terminated");
  }

  @Test
  void countsALiveSessionThatHasNotChangedToday() {
    monitoring.app.put(
        StubSession.of("s1", "BUSY", ago(20 * 60))
            .withTag("sparkgate:owner", "alice")
            .billed("160", "0", "0"));

    monitoring.run();

    assertThat(monitoring.toldIds()).containsExactly("alice:budgetWarning:2026-11-20");
  }

  /** The list shows for minutes what is over, the day has hours. */
  @Test
  void countsWhatTheListShowsNoMore() {
    monitoring.app.put(
        new StubJobRun("j1", "", ago(90))
            .withTag("sparkgate:owner", "alice")
            .endedAt(ago(60), "150", "0", "0"));
    for (int i = 0; i < 3; i++) {
      monitoring.run();
      monitoring.pass(20);
    }
    monitoring.app.put(idle("s1", 5).billed("50", "0", "0"));

    monitoring.run();

    assertThat(monitoring.toldIds()).contains("alice:ownerBudget:2026-11-20");
  }

  /** As where a budget is deployed in the evening. */
  @Test
  void tellsOfABudgetThatWasUsedUpBeforeItsFirstPass() {
    monitoring.app.put(session("s1", "").endedAt(ago(200)).billed("250", "0", "0"));

    monitoring.run();
    monitoring.pass(5);
    monitoring.run();

    assertThat(monitoring.toldIds())
        .containsExactly("alice:budgetWarning:2026-11-20", "alice:ownerBudget:2026-11-20");
  }

  @Test
  void saysWhatItDoesNotSee() {
    monitoring.app.put(session("s1", "").endedAt(ago(9)).billed("160", "0", "0"));
    monitoring.app.put(session("s2", "BUSY"));
    // These are seen: what it used, and that it does not run yet.
    monitoring.app.put(session("s3", "BUSY").billed("0", "0", "0"));
    monitoring.app.put(
        StubSession.of("s4", "STARTING", ago(1))
            .startedAt(null)
            .withTag("sparkgate:owner", "alice"));

    monitoring.run();

    assertThat(monitoring.told().get(0))
        .containsEntry(
            "reason",
            "alice spent 8.00 dollars today, 80 % of 10.0, without what 1 live sessions use, of"
                + " which the service says nothing yet");
  }

  @Test
  void startsANewBudgetWithTheDay() {
    monitoring.app.put(session("s1", "").endedAt(ago(9)).billed("190", "0", "0"));
    monitoring.run();
    monitoring.pass(12 * 60);
    monitoring.app.put(StubSession.of("s2", "BUSY", ago(0)).withTag("sparkgate:owner", "alice"));
    monitoring.run();

    assertThat(monitoring.toldIds()).contains("alice:budgetWarning:2026-11-20");
    assertThat(monitoring.toldIds()).noneMatch(id -> id.toString().endsWith("2026-11-21"));
  }
}
