package io.sparkgate.function.monitor;

import static io.sparkgate.function.monitor.Monitoring.PRICES;
import static io.sparkgate.function.monitor.Monitoring.ago;
import static io.sparkgate.function.monitor.Monitoring.idle;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.stub.StubSession;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Whose metrics there are, and what they say. */
class OwnerMetricsTest {

  @AutoClose private final Monitoring monitoring = new Monitoring(PRICES);

  @Test
  void givesTheFirstOwnersTheirOwnMetricsAndTheOthersOneTogether() {
    monitoring.configure(PRICES, "\"mostOwners\":1");
    monitoring.app.put(idle("s1", 5)).put(idle("s2", 5));
    monitoring.app.put(StubSession.of("s3", "BUSY", ago(60)).withTag("sparkgate:owner", "bob"));
    monitoring.app.put(StubSession.of("s4", "BUSY", ago(60)).withTag("sparkgate:owner", "carol"));

    monitoring.run();

    assertThat(owners(monitoring.lines())).containsExactly("alice 2", "others 2");
  }

  /** A metric is paid for by the hour. */
  @Test
  void keepsTheOwnersThatHaveTheirOwnForTheHour() {
    monitoring.configure(PRICES, "\"mostOwners\":1");
    monitoring.app.put(idle("s1", 5));
    monitoring.run();
    for (String id : List.of("s2", "s3")) {
      monitoring.app.put(StubSession.of(id, "BUSY", ago(60)).withTag("sparkgate:owner", "bob"));
    }
    monitoring.pass(5);
    monitoring.lines();
    monitoring.run();
    List<Map<String, Object>> sameHour = monitoring.lines();
    monitoring.pass(60);
    monitoring.run();

    assertThat(owners(sameHour)).containsExactly("alice 1", "others 2");
    assertThat(owners(monitoring.lines())).containsExactly("bob 2", "others 1");
  }

  private static List<String> owners(List<Map<String, Object>> lines) {
    return lines.stream()
        .filter(line -> line.containsKey("Owner"))
        .map(line -> line.get("Owner") + " " + line.get("OwnerSessions"))
        .toList();
  }

  /** Of those with as many sessions, who spent the most has their own. */
  @Test
  void tellsWhatEachOwnerSpent() {
    monitoring.configure(PRICES, "\"mostOwners\":1");
    over("s1", "alice", "2");
    over("s2", "bob", "4");
    over("s3", "bob", "2");
    over("s4", "carol", "1");

    monitoring.run();

    assertThat(
            monitoring.lines().stream()
                .filter(line -> line.containsKey("Owner"))
                .map(line -> line.get("Owner") + " " + line.get("OwnerDollars")))
        .containsExactly("bob 0.3", "others 0.15");
  }

  @Test
  void tellsNoDollarsOfWhoSpentNone() {
    monitoring.app.put(idle("s1", 5));

    monitoring.run();

    assertThat(monitoring.lines().get(1))
        .containsEntry("Owner", "alice")
        .doesNotContainKey("OwnerDollars");
  }

  /** Tags take any letter, dimensions of CloudWatch ASCII that does not begin with a colon. */
  @Test
  void namesAnOwnerAsADimensionTakesIt() {
    monitoring.app.put(idle("s1", 5).withTag("sparkgate:owner", ":b\u00e4rbel"));

    monitoring.run();

    assertThat(owners(monitoring.lines())).containsExactly("_b?rbel 1");
  }

  private void over(String id, String owner, String vcpu) {
    monitoring.app.put(
        StubSession.of(id, "", ago(60))
            .withTag("sparkgate:owner", owner)
            .endedAt(ago(5))
            .billed(vcpu, "0", "0"));
  }
}
