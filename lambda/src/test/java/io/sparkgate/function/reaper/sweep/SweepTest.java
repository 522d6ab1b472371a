package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Sweeping.ago;
import static io.sparkgate.function.reaper.sweep.Sweeping.config;
import static io.sparkgate.function.reaper.sweep.Sweeping.idle;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static io.sparkgate.function.stub.Operation.TERMINATE_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.reaper.Rule;
import io.sparkgate.function.reaper.Subject;
import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.StubSession;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SweepTest {

  @AutoClose private final Sweeping sweeping = new Sweeping();

  @Test
  void looksTwiceAndTerminatesWhatIsDue() {
    sweeping.emr.application("app1").put(idle("s1", 90)).put(idle("s2", 20));

    sweeping.sweep(config("app1"));

    assertThat(sweeping.calls())
        .containsExactly(
            "LIST_SESSIONS app1",
            "GET_SESSION s1",
            "GET_SESSION s2",
            "GET_SESSION s1",
            "TERMINATE_SESSION s1");
    assertThat(sweeping.outcomes()).containsExactly("s2 kept", "s1 terminated");
    assertThat(sweeping.emr.application("app1").stateOf("s1")).isEqualTo("TERMINATING");
    assertThat(sweeping.emr.application("app1").stateOf("s2")).isEqualTo("IDLE");
  }

  @Test
  void readsEveryPageAndAsksOnlyForWhatCanBeDue() {
    var application = sweeping.emr.application("app1");
    for (int i = 0; i < 101; i++) {
      application.put(idle("s" + i, 10));
    }

    sweeping.sweep(config("app1"));

    Map<String, List<String>> filters =
        Map.of(
            "states", List.of("SUBMITTED", "STARTING", "STARTED", "IDLE", "BUSY"),
            "maxResults", List.of("50"));
    List<Call> lists = sweeping.emr.calls().stream().filter(LIST_SESSIONS).toList();
    assertThat(lists)
        .hasSize(3)
        .allSatisfy(list -> assertThat(list.query()).containsAllEntriesOf(filters));
    assertThat(lists)
        .extracting(list -> list.query().get("nextToken"))
        .containsExactly(null, List.of("50"), List.of("100"));
    assertThat(sweeping.outcomes()).hasSize(101);
  }

  @Test
  void signsEveryCall() {
    sweeping.emr.application("app1").put(idle("s1", 90));

    sweeping.sweep(config("app1"));

    assertThat(sweeping.emr.calls())
        .hasSize(4)
        .extracting(Call::signingScope)
        .containsOnly("us-east-1/emr-serverless/aws4_request");
  }

  @Test
  void spendsNoCallOnASessionThatTheListRulesOut() {
    sweeping
        .emr
        .application("app1")
        .put(StubSession.of("busy", "BUSY", ago(100)))
        .put(StubSession.of("starting", "STARTING", ago(20)))
        .put(StubSession.idle("young", ago(14), ago(14)))
        .put(idle("idle", 30));
    List<Rule> rules =
        List.of(
            Sweeping.IDLE,
            new Rule.MaxAge(Duration.ofMinutes(720)),
            new Rule.Starting(Duration.ofMinutes(30)));

    Tally tally = sweeping.sweep(config(rules, 25, false, "app1"));

    assertThat(sweeping.calls()).containsExactly("LIST_SESSIONS app1", "GET_SESSION idle");
    assertThat(tally.scanned(Subject.SESSION)).isEqualTo(4);
    assertThat(sweeping.outcomes()).containsExactly("idle kept");
  }

  @Test
  void terminatesTheMostOverdueFirst() {
    sweeping.emr.application("app1").put(idle("s1", 70)).put(idle("s2", 200)).put(idle("s3", 100));

    sweeping.sweep(config("app1"));

    assertThat(sweeping.emr.calls().stream().filter(TERMINATE_SESSION))
        .extracting(Call::session)
        .containsExactly("s2", "s3", "s1");
  }

  @Test
  void keepsASessionThatTurnedBusyInTheMeantime() {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90))
        .afterGets(1, "s1", session -> session.withState("BUSY"));

    sweeping.sweep(config("app1"));

    assertThat(sweeping.calls())
        .containsExactly("LIST_SESSIONS app1", "GET_SESSION s1", "GET_SESSION s1");
    assertThat(sweeping.outcomes()).containsExactly("s1 kept");
    assertThat(sweeping.reason("s1"))
        .isEqualTo("was due, but is no more: no rule applies in state BUSY");
  }

  @Test
  void keepsASessionThatWasExemptedInTheMeantime() {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90))
        .afterGets(1, "s1", session -> session.withTag("keep-until", "2026-11-20T18:00:00Z"));

    sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("s1 exempt");
    assertThat(sweeping.emr.calls()).noneMatch(TERMINATE_SESSION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HIBERNATING", "FAILED", "TERMINATED"})
  void leavesAloneWhatTurnsIntoAStateThatIsNotLive(String state) {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90))
        .afterGets(1, "s1", session -> session.withState(state));

    sweeping.sweep(config("app1"));

    assertThat(sweeping.emr.calls()).noneMatch(TERMINATE_SESSION);
    assertThat(sweeping.outcomes())
        .containsExactly(state.equals("HIBERNATING") ? "s1 kept" : "s1 gone");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void countsASessionThatVanishedAsDone(int afterGets) {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90))
        .vanishAfterGets(afterGets, "s1")
        .put(idle("s2", 80));

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("s1 gone", "s2 terminated");
    assertThat(tally.failure()).isEmpty();
  }

  @Test
  void capsTheTerminationsOfAllApplicationsTogether() {
    sweeping.emr.application("app1").put(idle("s1", 90)).put(idle("s2", 100));
    sweeping.emr.application("app2").put(idle("s3", 100)).put(idle("s4", 90));

    sweeping.sweep(config(List.of(Sweeping.IDLE), 3, false, "app1", "app2"));

    assertThat(sweeping.outcomes())
        .containsExactly("s2 terminated", "s1 terminated", "s3 terminated", "s4 left");
    assertThat(sweeping.reason("s4"))
        .isEqualTo(
            "the cap of 3 terminations per sweep is reached;"
                + " it is due: idle for 90 min, limit 60 min");
    assertThat(sweeping.emr.calls().stream().filter(GET_SESSION.of("s4"))).hasSize(1);
  }

  @Test
  void doesTheSameInADryRunButForTerminating() {
    sweeping.emr.application("app1").put(idle("s1", 90)).put(idle("s2", 100)).put(idle("s3", 20));
    sweeping.sweep(config(List.of(Sweeping.IDLE), 1, true, "app1"));
    List<String> dry = sweeping.calls();

    sweeping.sweep(config(List.of(Sweeping.IDLE), 1, false, "app1"));
    List<String> real = sweeping.calls().subList(dry.size(), sweeping.calls().size());

    assertThat(real).endsWith("TERMINATE_SESSION s2");
    assertThat(dry).isEqualTo(real.subList(0, real.size() - 1));
    assertThat(sweeping.outcomes())
        .containsExactly(
            "s3 kept", "s2 wouldTerminate", "s1 left", "s3 kept", "s2 terminated", "s1 left");
  }
}
