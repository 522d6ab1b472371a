package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.BUS;
import static io.sparkgate.function.monitor.Monitoring.PRICES;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.idle;
import static io.sparkgate.function.monitor.Monitoring.session;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.stub.StubSession;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OwnerBudgetTest {

  /** Of what costs a dollar for twenty hours of a vCPU. */
  private static final String TEN_DOLLARS =
      """
      "owners":{"dailyDollars":10,"warnPercent":80,"end":"longestIdle","dryRun":false}""";

  @AutoClose private final Monitoring monitoring = new Monitoring(BUS, PRICES, TEN_DOLLARS);

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
                    .containsEntry("percent", 80)
                    .containsEntry("reason", "alice spent 8.00 dollars today, 80 % of 10.0"));
    assertThat(monitoring.app.stateOf("s2")).isEqualTo("IDLE");
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
