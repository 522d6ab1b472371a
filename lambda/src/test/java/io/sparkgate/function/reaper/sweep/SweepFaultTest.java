package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Sweeping.config;
import static io.sparkgate.function.reaper.sweep.Sweeping.idle;
import static io.sparkgate.function.stub.Operation.GET_SESSION;
import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static io.sparkgate.function.stub.Operation.TERMINATE_SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Gate;
import io.sparkgate.function.stub.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SweepFaultTest {

  /** Of a call that gets no answer, or none that helps. */
  private static final Duration ENOUGH_TO_ARRIVE = Duration.ofSeconds(3);

  @AutoClose private final Sweeping sweeping = new Sweeping();

  static Stream<Arguments> passingFaults() {
    return Stream.of(Fault.THROTTLED, Fault.INTERNAL)
        .flatMap(
            fault ->
                Stream.of(LIST_SESSIONS, GET_SESSION, TERMINATE_SESSION)
                    .map(each -> Arguments.of(each, fault)));
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void triesAgainAfterAFaultThatPasses(Operation operation, Fault fault) {
    sweeping.emr.application("app1").put(idle("s1", 90));
    sweeping.emr.next(2, operation).fail(fault);

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("s1 terminated");
    assertThat(tally.failure()).isEmpty();
    assertThat(sweeping.emr.calls().stream().filter(operation))
        .hasSize(operation == GET_SESSION ? 4 : 3);
  }

  static Stream<Arguments> lastingFaults() {
    return Stream.of(Fault.QUOTA, Fault.DENIED)
        .flatMap(
            fault ->
                Stream.of(GET_SESSION, TERMINATE_SESSION).map(each -> Arguments.of(each, fault)));
  }

  @ParameterizedTest
  @MethodSource("lastingFaults")
  void goesOnAfterAFaultOfOneSession(Operation operation, Fault fault) {
    sweeping.emr.application("app1").put(idle("s1", 100)).put(idle("s2", 90));
    sweeping.emr.always(operation.of("s1")).fail(fault);

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("s1 failed", "s2 terminated");
    assertThat(sweeping.emr.calls().stream().filter(operation.of("s1"))).hasSize(1);
    assertThat(sweeping.lines().get(0).get("error"))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
        .containsEntry("type", fault.type())
        .hasEntrySatisfying("message", text -> assertThat(text).contains(fault.message()));
    assertThat(tally.failure())
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith("1 failed, the first is session s1: " + fault.type() + ": "));
  }

  @Test
  void goesOnAfterASessionThatKeepsFailingInside() {
    sweeping.emr.application("app1").put(idle("s1", 100)).put(idle("s2", 90));
    sweeping.emr.always(GET_SESSION.of("s1")).fail(Fault.INTERNAL);

    sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("s1 failed", "s2 terminated");
  }

  @Test
  void goesOnAfterAnApplicationThatIsNotThere() {
    sweeping.emr.application("app2").put(idle("s1", 90));

    Tally tally = sweeping.sweep(config("app1", "app2"));

    assertThat(sweeping.outcomes()).containsExactly("app1 failed", "s1 terminated");
    assertThat(tally.failure())
        .hasValueSatisfying(
            line -> assertThat(line).contains("application app1: ResourceNotFoundException"));
  }

  @Test
  void keepsWhatItFoundBeforeAPageThatFails() {
    var application = sweeping.emr.application("app1");
    for (int i = 0; i < 60; i++) {
      application.put(idle("s" + i, 10));
    }
    sweeping
        .emr
        .always(LIST_SESSIONS.and(call -> call.query().containsKey("nextToken")))
        .fail(Fault.DENIED);

    sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).hasSize(51).startsWith("app1 failed", "s0 kept");
  }

  @Test
  void countsARefusalToTerminateWhatHasEndedAsDone() {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90))
        .afterGets(2, "s1", session -> session.withState("TERMINATED"));
    sweeping.emr.always(TERMINATE_SESSION).fail(Fault.INVALID);

    assertThat(sweeping.sweep(config("app1")).failure()).isEmpty();

    assertThat(sweeping.outcomes()).containsExactly("s1 gone");
    assertThat(sweeping.calls()).endsWith("TERMINATE_SESSION s1", "GET_SESSION s1");
  }

  @Test
  void countsARefusalToTerminateWhatStillLivesAsFailed() {
    sweeping.emr.application("app1").put(idle("s1", 90));
    sweeping.emr.always(TERMINATE_SESSION).fail(Fault.INVALID);

    sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("s1 failed");
    assertThat(sweeping.lines().get(0).get("error"))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
        .containsEntry("type", "ValidationException");
  }

  @Test
  void stopsWaitingForASlowAnswerWhenItsTimeIsUp() {
    sweeping.emr.application("app1").put(idle("s1", 90)).put(idle("s2", 90)).put(idle("s3", 20));
    sweeping.emr.application("app2").put(idle("s4", 90));
    Duration minute = Duration.ofMinutes(1);
    Gate gate = sweeping.emr.next(1, GET_SESSION.of("s2")).hold();

    Tally tally =
        sweeping.sweep(config("app1", "app2"), sweeping.budget(minute, minute, ENOUGH_TO_ARRIVE));
    gate.open();

    assertThat(sweeping.calls())
        .containsExactly("LIST_SESSIONS app1", "GET_SESSION s1", "GET_SESSION s2");
    assertThat(sweeping.outcomes()).containsExactly("s2 left", "s3 left", "s1 left", "app2 left");
    assertThat(sweeping.reason("s1")).isEqualTo("the sweep ran out of time");
    assertThat(tally.leftApplications()).containsExactly("app2");
    assertThat(tally.failure()).isEmpty();
  }

  @Test
  void asksAgainForAsLongAsThereIsTimeWhereItIsThrottled() {
    sweeping.emr.application("app1").put(idle("s1", 90));
    int moreThanTheClientTries = 7;
    sweeping.emr.next(moreThanTheClientTries, TERMINATE_SESSION).fail(Fault.THROTTLED);

    sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("s1 terminated");
  }

  @Test
  void reportsWhatAStormOfThrottlingKeptItFrom() {
    sweeping.emr.application("app1").put(idle("s1", 90));
    sweeping.emr.always(TERMINATE_SESSION).fail(Fault.THROTTLED);
    Duration minute = Duration.ofMinutes(1);

    Tally tally =
        sweeping.sweep(config("app1"), sweeping.budget(minute, minute, minute, ENOUGH_TO_ARRIVE));

    assertThat(sweeping.outcomes()).containsExactly("s1 left");
    assertThat(tally.failure()).isEmpty();
    assertThat(sweeping.emr.calls().stream().filter(TERMINATE_SESSION)).isNotEmpty();
  }

  @Test
  void writesNoTagsButThoseThatAReasonQuotes() {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90).withTag("token", "hush").withTag("idle-minutes", "80"));

    sweeping.sweep(config("app1"));

    Map<String, Object> line = sweeping.lines().get(0);
    assertThat(line).extracting(Object::toString).asString().doesNotContain("hush", "token");
    assertThat(line)
        .containsEntry("reason", "idle for 90 min, limit 80 min (tag idle-minutes asks 80)");
  }
}
