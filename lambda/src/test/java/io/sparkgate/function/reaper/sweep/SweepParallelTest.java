package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Sweeping.config;
import static io.sparkgate.function.reaper.sweep.Sweeping.idle;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static io.sparkgate.function.stub.Operation.TERMINATE_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.aws.ServiceClient;
import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Gate;
import io.sparkgate.function.stub.Injection;
import io.sparkgate.function.stub.Operation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With as many connections as the function has. */
@Timeout(60)
class SweepParallelTest {

  @AutoClose private final Sweeping sweeping = new Sweeping();

  private CompletableFuture<Tally> start(ReaperConfig config) {
    Sweeping.Warm warm = sweeping.warm(config, ServiceClient.CONNECTIONS);
    return CompletableFuture.supplyAsync(warm::sweep);
  }

  private ReaperConfig capped(int maxTerminations, String... applications) {
    return config(List.of(Sweeping.IDLE), maxTerminations, false, applications);
  }

  private void put(String application, int sessions, long idleMinutes) {
    for (int i = 0; i < sessions; i++) {
      sweeping.emr.application(application).put(idle(application + "-" + i, idleMinutes));
    }
  }

  private List<Operation> callsOf(String session) {
    return sweeping.emr.calls().stream()
        .filter(call -> call.session().equals(session))
        .map(Call::operation)
        .toList();
  }

  private long count(Operation operation) {
    return sweeping.emr.calls().stream().filter(operation).count();
  }

  @Test
  void looksAtSeveralSessionsAtOnceButNeverMoreThanItHasConnections() throws Exception {
    put("app1", 50, 20);
    Gate gate = sweeping.emr.next(ServiceClient.CONNECTIONS, GET_SESSION).hold();

    CompletableFuture<Tally> sweep = start(config("app1"));
    gate.awaitHeld(ServiceClient.CONNECTIONS);
    assertThat(Thread.getAllStackTraces().keySet())
        .as("the helpers of the first thread")
        .filteredOn(thread -> thread.getName().startsWith("paced-"))
        .hasSize(ServiceClient.CONNECTIONS - 1);
    gate.open();

    sweep.join();
    assertThat(sweeping.outcomes()).hasSize(50).allMatch(outcome -> outcome.endsWith(" kept"));
    assertThat(sweeping.emr.mostAtOnce()).isEqualTo(ServiceClient.CONNECTIONS);
  }

  @Test
  void keepsToTheCapWhileAllItsTerminationsAreUnderWayAtOnce() throws Exception {
    int cap = ServiceClient.CONNECTIONS - 1;
    put("app1", 20, 90);
    put("app2", 20, 90);
    Gate gate = sweeping.emr.always(TERMINATE_SESSION).hold();

    CompletableFuture<Tally> sweep = start(capped(cap, "app1", "app2"));
    gate.awaitHeld(cap);
    gate.open();

    assertThat(sweep.join().of(Outcome.Kind.TERMINATED)).isEqualTo(cap);
    assertThat(sweep.join().of(Outcome.Kind.LEFT)).isEqualTo(40 - cap);
    assertThat(count(TERMINATE_SESSION)).isEqualTo(cap);
  }

  /** However the calls fall: some sessions are gone, some requests are throttled or fail. */
  @RepeatedTest(10)
  void usesTheCapUpAndNotMore() {
    int cap = 9;
    put("app1", 20, 90);
    put("app2", 20, 90);
    Stream.of("app1-3", "app1-7", "app2-0", "app2-1")
        .forEach(id -> sweeping.emr.application(id.substring(0, 4)).vanishAfterGets(1, id));
    Stream.of("app1-4", "app2-4", "app2-5")
        .forEach(id -> sweeping.emr.always(TERMINATE_SESSION.of(id)).fail(Fault.DENIED));
    sweeping.emr.next(4, TERMINATE_SESSION).fail(Fault.THROTTLED);

    Tally tally = start(capped(cap, "app1", "app2")).join();

    assertThat(tally.of(Outcome.Kind.TERMINATED)).isEqualTo(cap);
    assertThat(sweeping.outcomes()).hasSize(40).doesNotHaveDuplicates();
  }

  /** With the cap of one, the others wait for what becomes of the first. */
  @Test
  void passesOnWhatTheCapAllowedForASessionThatIsGone() throws Exception {
    put("app1", 20, 90);
    sweeping.emr.application("app1").put(idle("first", 200));
    Injection ofTheFirst = sweeping.emr.always(TERMINATE_SESSION.of("first"));
    ofTheFirst.fail(Fault.NOT_FOUND);
    Gate gate = ofTheFirst.hold();

    CompletableFuture<Tally> sweep = start(capped(1, "app1"));
    gate.awaitHeld(1);
    gate.open();

    assertThat(sweep.join().of(Outcome.Kind.TERMINATED)).isEqualTo(1);
    assertThat(sweep.join().of(Outcome.Kind.GONE)).isEqualTo(1);
  }

  @Test
  void looksAgainBeforeEachTerminationAlsoBeforeTheSecondAttempt() {
    put("app1", 20, 90);
    sweeping.emr.next(5, TERMINATE_SESSION).fail(Fault.THROTTLED);
    sweeping.emr.next(5, GET_SESSION).fail(Fault.THROTTLED);

    Tally tally = start(capped(100, "app1")).join();

    assertThat(tally.of(Outcome.Kind.TERMINATED)).isEqualTo(20);
    assertThat(count(TERMINATE_SESSION)).isEqualTo(20 + 5);
    assertThat(count(GET_SESSION)).isEqualTo(20 + 20 + 5 + 5);
    for (int i = 0; i < 20; i++) {
      assertThat(String.valueOf(callsOf("app1-" + i)))
          .startsWith("[GET_SESSION, GET_SESSION, ")
          .doesNotContain("TERMINATE_SESSION, TERMINATE_SESSION")
          .endsWith("GET_SESSION, TERMINATE_SESSION]");
    }
  }

  @Test
  void keepsASessionThatTurnedBusyWhileItsTerminationWasThrottled() {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90))
        .afterGets(2, "s1", session -> session.withState("BUSY"));
    sweeping.emr.next(1, TERMINATE_SESSION).fail(Fault.THROTTLED);

    start(config("app1")).join();

    assertThat(callsOf("s1"))
        .containsExactly(GET_SESSION, GET_SESSION, TERMINATE_SESSION, GET_SESSION);
    assertThat(sweeping.outcomes()).containsExactly("s1 kept");
  }

  @Test
  void finishesWithTheOthersWhileOneApplicationHangs() throws Exception {
    Stream.of("app1", "app2", "app3", "app4").forEach(id -> put(id, 2, 90));
    Gate hangs = sweeping.emr.always(LIST_SESSIONS.of("app1")).hold();
    Gate last = sweeping.emr.next(1, TERMINATE_SESSION.of("app4-1")).hold();

    CompletableFuture<Tally> sweep = start(config("app1", "app2", "app3", "app4"));
    last.awaitHeld(1);
    assertThat(sweep).isNotDone();
    last.open();
    hangs.open();

    assertThat(sweep.join().of(Outcome.Kind.TERMINATED)).isEqualTo(8);
  }
}
