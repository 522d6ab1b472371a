package io.sparkgate.function.lifecycle;

import static io.sparkgate.function.lifecycle.Deploying.APPLICATION;
import static io.sparkgate.function.lifecycle.Events.A;
import static io.sparkgate.function.lifecycle.Events.B;
import static io.sparkgate.function.stub.Operation.CANCEL_JOB_RUN;
import static io.sparkgate.function.stub.Operation.DESCRIBE_STACKS;
import static io.sparkgate.function.stub.Operation.DESCRIBE_STACK_RESOURCE;
import static io.sparkgate.function.stub.Operation.GET_APPLICATION;
import static io.sparkgate.function.stub.Operation.LIST_JOB_RUNS;
import static io.sparkgate.function.stub.Operation.LIST_SESSIONS;
import static io.sparkgate.function.stub.Operation.STOP_APPLICATION;
import static io.sparkgate.function.stub.Operation.TERMINATE_SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.Invocation;
import io.sparkgate.function.resource.RequestFailed;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Gate;
import io.sparkgate.function.stub.Injection;
import io.sparkgate.function.stub.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call and every way in which it fails: the request goes on, and ends as it should. */
class LifecycleFaultTest {

  private static final List<Operation> CALLS =
      List.of(
          DESCRIBE_STACK_RESOURCE,
          DESCRIBE_STACKS,
          GET_APPLICATION,
          LIST_SESSIONS,
          LIST_JOB_RUNS,
          TERMINATE_SESSION,
          CANCEL_JOB_RUN,
          STOP_APPLICATION);

  @AutoClose private Deploying deploying = new Deploying();

  static Stream<Arguments> faultsThatPass() {
    return Stream.of(Fault.THROTTLED, Fault.INTERNAL, Fault.BROKEN)
        .flatMap(fault -> CALLS.stream().map(operation -> Arguments.of(operation, fault)));
  }

  @ParameterizedTest
  @MethodSource("faultsThatPass")
  void goesOnAfterAFaultThatPasses(Operation operation, Fault fault) {
    Map<String, Object> begun = beginWithWork();
    Injection injection = injection(operation);
    injection.fail(fault);

    untilAnErrorIsSeen(begun);
    injection.lift();

    assertEndsWell(begun);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void goesOnAfterACallWithoutAnAnswer(Operation operation) {
    deploying.close();
    deploying = new Deploying(Duration.ofSeconds(1));
    Map<String, Object> begun = beginWithWork();
    Injection injection = injection(operation);
    Gate gate = injection.hold();

    untilAnErrorIsSeen(begun);
    injection.lift();
    gate.open();

    assertEndsWell(begun);
  }

  static List<Operation> calls() {
    return CALLS;
  }

  /** The service says so where something changed since the look. */
  @ParameterizedTest
  @EnumSource(names = {"TERMINATE_SESSION", "CANCEL_JOB_RUN", "STOP_APPLICATION"})
  void looksAgainAfterARefusal(Operation operation) {
    for (Fault refusal :
        List.of(Fault.INVALID, Fault.NOT_FOUND, new Fault(409, "ConflictException", "Not now"))) {
      Map<String, Object> begun = beginWithWork();
      deploying.application.state("STARTED");
      deploying.emr.next(1, operation).fail(refusal);

      assertEndsWell(begun);
    }
  }

  @Test
  void looksAgainWhereTheApplicationVanishesDuringALook() {
    Map<String, Object> begun = deploying.begin(Events.delete(APPLICATION, "REFUSE"));
    deploying.emr.next(1, LIST_SESSIONS).follow(deploying.application::vanish);

    assertThat(deploying.isComplete(begun)).containsEntry("IsComplete", false);
    assertThat(deploying.isComplete(begun)).containsEntry("IsComplete", true);
  }

  /** The rest would only be throttled too. */
  @Test
  void tellsNoMoreToEndWhereItIsThrottled() {
    Map<String, Object> begun = deploying.begin(Events.delete(APPLICATION, "TERMINATE"));
    deploying.session("s1", "IDLE").session("s2", "IDLE").session("s3", "IDLE");
    deploying.emr.next(1, TERMINATE_SESSION.of("s2")).fail(Fault.THROTTLED);

    deploying.isComplete(begun);

    assertThat(deploying.application.stateOf("s1")).isEqualTo("TERMINATING");
    assertThat(deploying.application.stateOf("s3")).isEqualTo("IDLE");
    deploying.finish(begun);
    assertThat(deploying.application.stateOf("s3")).isEqualTo("TERMINATED");
  }

  @Test
  void tellsTheOthersToEndWhereItFailsForOne() {
    Map<String, Object> begun = deploying.begin(Events.delete(APPLICATION, "TERMINATE"));
    deploying.session("s1", "IDLE").session("s2", "IDLE");
    deploying.emr.always(TERMINATE_SESSION.of("s1")).fail(Fault.INTERNAL);

    deploying.isComplete(begun);

    assertThat(deploying.application.stateOf("s1")).isEqualTo("IDLE");
    assertThat(deploying.application.stateOf("s2")).isEqualTo("TERMINATING");
  }

  @Test
  void makesNoCallWithoutTimeAndGoesOnWhenThereIs() {
    Map<String, Object> begun = beginWithWork();
    deploying.remaining(Invocation.MARGIN);

    assertThat(deploying.isComplete(begun)).containsEntry("IsComplete", false);
    assertThat(deploying.calls()).isEmpty();
    assertThat(deploying.lastRecord())
        .containsEntry("decision", "wait")
        .containsEntry(
            "error", "DescribeStackResource: OutOfTime: the invocation has no time left");

    deploying.remaining(Duration.ofMinutes(1));
    assertEndsWell(begun);
  }

  @Test
  void refusesWhereWorkAppearsBetweenTheLookAndTheStop() {
    Map<String, Object> begun = deploying.begin(Events.update(A, B, "REFUSE"));
    deploying.emr.next(1, STOP_APPLICATION).follow(() -> deploying.session("s1", "SUBMITTED"));

    assertThat(deploying.isComplete(begun)).containsEntry("IsComplete", false);
    assertThatThrownBy(() -> deploying.isComplete(begun))
        .isInstanceOf(RequestFailed.class)
        .hasMessageStartingWith("Application 00app is in use by 1 session, ");

    assertThat(deploying.application.state()).isEqualTo("STARTED");
    assertThat(deploying.application.stateOf("s1")).isEqualTo("SUBMITTED");
  }

  @Test
  void endsWorkThatAppearsBetweenTheLookAndTheStop() {
    Map<String, Object> begun = deploying.begin(Events.update(A, B, "TERMINATE"));
    deploying.emr.next(1, STOP_APPLICATION).follow(() -> deploying.session("s1", "SUBMITTED"));

    deploying.finish(begun);

    assertThat(deploying.decisions()).containsExactly("begin", "stop", "end", "stop", "done");
    assertThat(deploying.application.stateOf("s1")).isEqualTo("TERMINATED");
  }

  /** The first to stop wins, the other is refused. */
  @Test
  void goesOnWhereSomebodyElseStopsTheApplication() {
    Map<String, Object> begun = deploying.begin(Events.update(A, B, "REFUSE"));
    deploying.emr.next(1, STOP_APPLICATION).follow(() -> deploying.application.state("STOPPING"));

    deploying.finish(begun);

    assertThat(deploying.decisions()).containsExactly("begin", "stop", "done");
  }

  @Test
  void doesTheSameOnceWhereARequestIsDeliveredTwice() {
    deploying.session("s1", "IDLE").jobRun("j1", "RUNNING");
    Map<String, Object> event = Events.update(A, B, "TERMINATE");

    assertEndsWell(deploying.begin(event));
    assertEndsWell(deploying.begin(event));

    assertThat(deploying.emr.calls().stream().filter(STOP_APPLICATION)).hasSize(1);
    assertThat(deploying.emr.calls().stream().filter(TERMINATE_SESSION)).hasSize(1);
  }

  @Test
  void endsWellWhereTwoDeliveriesOfARequestTakeTurns() {
    deploying.session("s1", "IDLE").jobRun("j1", "RUNNING");
    Map<String, Object> event = Events.update(A, B, "TERMINATE");
    Map<String, Object> one = deploying.begin(event);
    Map<String, Object> other = deploying.begin(event);

    for (String state : List.of("STARTED", "STOPPING")) {
      assertThat(deploying.isComplete(one)).containsEntry("IsComplete", false);
      assertThat(deploying.isComplete(other)).containsEntry("IsComplete", false);
      assertThat(deploying.application.state()).isEqualTo(state);
      deploying.application.settle();
    }

    assertThat(deploying.isComplete(one)).containsEntry("IsComplete", true);
    assertThat(deploying.isComplete(other)).isEqualTo(deploying.isComplete(one));
    assertThat(deploying.emr.calls().stream().filter(STOP_APPLICATION)).hasSize(1);
  }

  /** The other stopped it after this one had looked. */
  @Test
  void endsWellWhereTwoDeliveriesOfARequestMeet() {
    Map<String, Object> event = Events.update(A, B, "REFUSE");
    Map<String, Object> one = deploying.begin(event);
    Map<String, Object> other = deploying.begin(event);
    deploying
        .emr
        .next(1, LIST_JOB_RUNS)
        .follow(
            () -> {
              deploying.isComplete(other);
              deploying.application.settle();
            });

    assertThat(deploying.isComplete(one)).containsEntry("IsComplete", false);

    assertThat(deploying.isComplete(one)).containsEntry("IsComplete", true);
    assertThat(deploying.isComplete(other)).containsEntry("IsComplete", true);
    assertThat(deploying.application.state()).isEqualTo("STOPPED");
  }

  /** Its own deadline has passed; another deployment begins a new one. */
  @Test
  void endsWellInAnotherDeploymentAfterTheDeadline() {
    Map<String, Object> begun = beginWithWork();
    Injection injection = injection(GET_APPLICATION);
    injection.fail(Fault.THROTTLED);
    deploying.pass(Duration.ofMinutes(15));
    assertThatThrownBy(() -> deploying.isComplete(begun)).isInstanceOf(RequestFailed.class);
    injection.lift();

    assertEndsWell(deploying.begin(Events.update(A, B, "TERMINATE")));
  }

  private Map<String, Object> beginWithWork() {
    deploying.session("s1", "IDLE").jobRun("j1", "RUNNING");
    return deploying.begin(Events.update(A, B, "TERMINATE"));
  }

  private Injection injection(Operation operation) {
    return operation == DESCRIBE_STACK_RESOURCE || operation == DESCRIBE_STACKS
        ? deploying.cloudFormation.always(operation)
        : deploying.emr.always(operation);
  }

  private void untilAnErrorIsSeen(Map<String, Object> begun) {
    do {
      assertThat(deploying.isComplete(begun)).isEqualTo(Map.of("IsComplete", false));
      if (!deploying.lastRecord().containsKey("error")) {
        deploying.application.settle();
      }
    } while (!deploying.lastRecord().containsKey("error"));
  }

  private void assertEndsWell(Map<String, Object> begun) {
    deploying.finish(begun);
    assertThat(deploying.application.state()).isEqualTo("STOPPED");
    assertThat(deploying.application.stateOf("s1")).isEqualTo("TERMINATED");
    assertThat(deploying.application.stateOfJobRun("j1")).isEqualTo("CANCELLED");
  }
}
