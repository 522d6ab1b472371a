package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Sweeping.ago;
import static io.sparkgate.function.reaper.sweep.Sweeping.config;
import static io.sparkgate.function.reaper.sweep.Sweeping.idle;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static io.sparkgate.function.stub.Operation.TERMINATE_SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.StubSession;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a sweep knows from those before it. No session is due before it was idle for 15 minutes. */
class AgendaTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @AutoClose private final Sweeping sweeping = new Sweeping();
  private Sweeping.Warm warm = sweeping.warm(config("app1"));
  private int seen;

  /** The calls of one more sweep. */
  private List<String> sweep() {
    return sweep(Sweeping.ENOUGH);
  }

  private List<String> sweep(Supplier<Duration> budget) {
    warm.sweep(budget);
    return newCalls();
  }

  private List<String> newCalls() {
    List<String> calls = sweeping.calls();
    List<String> fresh = calls.subList(seen, calls.size());
    seen = calls.size();
    return fresh;
  }

  /** The calls of one more sweep when the time has passed; none a moment before. */
  private List<String> sweepAndNotBefore(Duration time) {
    sweeping.pass(time.minusMillis(1));
    assertThat(sweep()).isEmpty();
    sweeping.pass(Duration.ofMillis(1));
    return sweep();
  }

  private void put(StubSession session) {
    sweeping.emr.application("app1").put(session);
  }

  @Test
  void makesNoCallWhereNothingCanBeDueAndSaysSo() throws IOException {
    put(idle("s1", 10));
    sweeping.emr.application("app2").put(idle("s2", 90));
    ReaperHandler handler = sweeping.handler(config("app1", "app2"));
    sweeping.invoke(handler, MINUTE, OutputStream.nullOutputStream());
    newCalls();

    sweeping.invoke(handler, MINUTE, OutputStream.nullOutputStream());

    assertThat(newCalls()).containsExactly("LIST_SESSIONS app2");
    List<Map<String, Object>> records =
        sweeping.lines().stream().filter(line -> line.get("type").equals("sweep")).toList();
    assertThat(records).extracting(record -> record.get("notDue")).containsExactly(0, 1);
  }

  @Test
  void sweepsEverythingWhenItStartsCold() throws IOException {
    put(idle("s1", 10));
    sweeping.emr.application("app2").put(idle("s2", 5));
    ReaperConfig config = config("app1", "app2");
    sweeping.invoke(sweeping.handler(config), MINUTE, OutputStream.nullOutputStream());
    List<String> first = newCalls();

    sweeping.invoke(sweeping.handler(config), MINUTE, OutputStream.nullOutputStream());

    assertThat(newCalls()).isEqualTo(first).hasSize(4);
  }

  @Test
  void looksAgainAtAnIdleSessionWhenItCanBeDue() {
    put(idle("s1", 10));
    sweep();

    assertThat(sweepAndNotBefore(Duration.ofMinutes(5)))
        .containsExactly("LIST_SESSIONS app1", "GET_SESSION s1");
  }

  @Test
  void looksAtEachSessionOnlyWhenThatOneCanBeDue() {
    put(idle("s1", 10));
    put(idle("s2", 5));
    sweep();

    assertThat(sweepAndNotBefore(Duration.ofMinutes(5)))
        .containsExactly("LIST_SESSIONS app1", "GET_SESSION s1");
    sweeping.pass(MINUTE);
    assertThat(sweep()).containsExactly("LIST_SESSIONS app1", "GET_SESSION s1");
    sweeping.pass(Duration.ofMinutes(4));
    assertThat(sweep()).containsExactly("LIST_SESSIONS app1", "GET_SESSION s1", "GET_SESSION s2");
  }

  @Test
  void looksAtAYoungSessionWhenItIsOldEnough() {
    put(StubSession.idle("s1", ago(3), ago(2)));
    assertThat(sweep()).containsExactly("LIST_SESSIONS app1");

    assertThat(sweepAndNotBefore(Duration.ofMinutes(12)))
        .containsExactly("LIST_SESSIONS app1", "GET_SESSION s1");
  }

  /** Less a minute, by which the clocks may differ. */
  @Test
  void listsAnEmptyApplicationWhenANewSessionCanBeDue() {
    sweeping.emr.application("app1");
    sweep();

    assertThat(sweepAndNotBefore(Duration.ofMinutes(14))).containsExactly("LIST_SESSIONS app1");
    assertThat(sweepAndNotBefore(Duration.ofMinutes(14))).containsExactly("LIST_SESSIONS app1");
  }

  @Test
  void listsABusySessionWhenItCanHaveBeenIdleForLongEnough() {
    put(StubSession.of("s1", "BUSY", ago(300)));
    sweep();
    put(idle("s1", -1));

    assertThat(sweepAndNotBefore(Duration.ofMinutes(14)))
        .containsExactly("LIST_SESSIONS app1", "GET_SESSION s1");
    sweeping.pass(Duration.ofMinutes(2).minusMillis(1));
    assertThat(sweep()).isEmpty();
  }

  static Stream<Arguments> whatNeedsALookInTheVeryNextSweep() {
    String until = "2026-11-21T00:00:00Z";
    return Stream.of(
        what("a termination", s -> s.emr.application("app1").put(idle("s1", 90))),
        what(
            "a look that failed",
            s -> {
              s.emr.application("app1").put(idle("s1", 10));
              s.emr.next(1, GET_SESSION).fail(Fault.DENIED);
            }),
        what(
            "a termination that failed",
            s -> {
              s.emr.application("app1").put(idle("s1", 90));
              s.emr.next(1, TERMINATE_SESSION).fail(Fault.DENIED);
            }),
        what(
            "a session that was due and is not",
            s ->
                s.emr
                    .application("app1")
                    .put(idle("s1", 90))
                    .afterGets(1, "s1", session -> session.withState("BUSY"))),
        what(
            "an exempt session",
            s -> s.emr.application("app1").put(idle("s1", 10).withTag("keep-until", until))),
        what(
            "an unknown session",
            s -> s.emr.application("app1").put(StubSession.of("s1", "IDLE", ago(300)))),
        what(
            "a session that has passed the least limit",
            s -> s.emr.application("app1").put(idle("s1", 16))),
        what("a list that failed", s -> s.emr.next(1, LIST_SESSIONS).fail(Fault.DENIED)),
        what(
            "a page that failed",
            s -> {
              for (int i = 0; i < 60; i++) {
                s.emr.application("app1").put(StubSession.of("s" + i, "BUSY", ago(300)));
              }
              s.emr
                  .next(1, LIST_SESSIONS.and(call -> call.query().containsKey("nextToken")))
                  .fail(Fault.DENIED);
            }),
        what(
            "a session that cannot be read",
            s -> s.emr.application("app1").put(idle("s1", 10).without("createdAt"))));
  }

  private static Arguments what(String name, Consumer<Sweeping> arrange) {
    return arguments(name, arrange);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("whatNeedsALookInTheVeryNextSweep")
  void listsAgainAtOnceAfter(String what, Consumer<Sweeping> arrange) {
    sweeping.emr.application("app1");
    arrange.accept(sweeping);
    sweep();

    assertThat(sweep()).as(what).startsWith("LIST_SESSIONS app1");
  }

  /** Time for so many calls. */
  private Supplier<Duration> calls(int calls) {
    int last = seen + calls;
    return () -> sweeping.calls().size() < last ? MINUTE : Duration.ZERO;
  }

  private List<String> terminated() {
    return newCalls().stream().filter(call -> call.startsWith("TERMINATE")).toList();
  }

  @Test
  void beginsWithWhatTheTimeDidNotReach() {
    Stream.of("app1", "app2", "app3")
        .forEach(id -> sweeping.emr.application(id).put(idle("of " + id, 20)));
    warm = sweeping.warm(config("app1", "app2", "app3"));

    assertThat(sweep(calls(2))).containsExactly("LIST_SESSIONS app1", "GET_SESSION of app1");
    assertThat(sweep())
        .containsExactly(
            "LIST_SESSIONS app2",
            "GET_SESSION of app2",
            "LIST_SESSIONS app3",
            "GET_SESSION of app3",
            "LIST_SESSIONS app1",
            "GET_SESSION of app1");
  }

  @Test
  void lacksTimeForNoApplicationTwiceBecauseOfTheSame() {
    Stream.of("s1", "s2", "s3", "s4").forEach(id -> put(idle(id, 20)));
    sweeping.emr.application("app2").put(idle("of app2", 20));
    warm = sweeping.warm(config("app1", "app2"));

    assertThat(sweep(calls(3)))
        .containsExactly("LIST_SESSIONS app1", "GET_SESSION s1", "GET_SESSION s2");
    assertThat(sweep(calls(3)))
        .containsExactly("LIST_SESSIONS app2", "GET_SESSION of app2", "LIST_SESSIONS app1");
  }

  @Test
  void beginsWithWhatTheCapKeptBack() {
    Stream.of("app1", "app2", "app3")
        .forEach(id -> sweeping.emr.application(id).put(idle("of " + id, 90)));
    warm = sweeping.warm(config(List.of(Sweeping.IDLE), 1, false, "app1", "app2", "app3"));
    warm.sweep();
    assertThat(terminated()).containsExactly("TERMINATE_SESSION of app1");

    warm.sweep();
    assertThat(terminated()).containsExactly("TERMINATE_SESSION of app2");
    assertThat(warm.sweep().of(Outcome.Kind.LEFT)).isZero();
    assertThat(terminated()).containsExactly("TERMINATE_SESSION of app3");
  }

  @Test
  void givesTheCapToNoApplicationTwiceWhileOthersWait() {
    Stream.of("s1", "s2", "s3").forEach(id -> put(idle(id, 90)));
    sweeping.emr.application("app2").put(idle("of app2", 70));
    warm = sweeping.warm(config(List.of(Sweeping.IDLE), 1, false, "app1", "app2"));
    warm.sweep();
    assertThat(terminated()).containsExactly("TERMINATE_SESSION s1");

    warm.sweep();
    assertThat(terminated()).containsExactly("TERMINATE_SESSION of app2");
  }
}
