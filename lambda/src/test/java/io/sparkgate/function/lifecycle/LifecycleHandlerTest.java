package io.sparkgate.function.lifecycle;

import static io.sparkgate.function.lifecycle.Deploying.APPLICATION;
import static io.sparkgate.function.lifecycle.Deploying.NOW;
import static io.sparkgate.function.lifecycle.Events.A;
import static io.sparkgate.function.lifecycle.Events.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.aws.LambdaEnvironment;
import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleHandlerTest {

  @AutoClose private final Deploying deploying = new Deploying();

  static Stream<Map<String, Object>> requestsThatHaveNothingInTheirWay() {
    return Stream.of(
        Events.createBeforeUpdate(A),
        Events.deleteBeforeUpdate(),
        Events.createBeforeDelete(APPLICATION),
        Events.updateBeforeDelete(APPLICATION, APPLICATION),
        Events.update(A, A, "DRAIN"),
        Events.delete(APPLICATION, "RETAIN"));
  }

  @ParameterizedTest
  @MethodSource("requestsThatHaveNothingInTheirWay")
  void completesAtOnceAndCallsNobodyWhereNothingIsToBeCleared(Map<String, Object> event) {
    deploying.session("s1", "BUSY");

    assertThat(deploying.isComplete(deploying.begin(event))).isEqualTo(Map.of("IsComplete", true));

    assertThat(deploying.calls()).isEmpty();
  }

  @Test
  void answersFirstWithThePhysicalIdAsItIsAndTheTime() {
    assertThat(deploying.invoke(Events.createBeforeUpdate(A)))
        .isEqualTo(Map.of("PhysicalResourceId", "Before1234", "StartedAt", NOW.toString()));
    assertThat(deploying.invoke(Events.createBeforeDelete("00app")))
        .containsEntry("PhysicalResourceId", "00app");
    assertThat(deploying.invoke(Events.update(A, B, "REFUSE")))
        .containsEntry("PhysicalResourceId", "Before1234");
    assertThat(deploying.invoke(Events.delete("00old", "REFUSE")))
        .containsEntry("PhysicalResourceId", "00old");
    assertThat(deploying.calls()).isEmpty();
  }

  /** So that CloudFormation deletes what stood before the deletion of the old one. */
  @Test
  void takesTheIdOfAnApplicationThatReplacesAnother() {
    assertThat(deploying.invoke(Events.updateBeforeDelete("00old", "00new")))
        .containsEntry("PhysicalResourceId", "00new");
  }

  @Test
  void stopsAnEmptyApplicationBeforeItsUpdateAndWaitsUntilItIsStopped() {
    Map<String, Object> begun = deploying.begin(Events.update(A, B, "REFUSE"));

    assertThat(deploying.isComplete(begun)).isEqualTo(Map.of("IsComplete", false));
    assertThat(deploying.application.state()).isEqualTo("STOPPING");
    assertThat(deploying.isComplete(begun)).isEqualTo(Map.of("IsComplete", false));
    deploying.application.settle();
    assertThat(deploying.isComplete(begun)).isEqualTo(Map.of("IsComplete", true));

    assertThat(deploying.emr.calls())
        .hasToString(
            "[GET_APPLICATION 00app, LIST_SESSIONS 00app, LIST_JOB_RUNS 00app,"
                + " STOP_APPLICATION 00app, GET_APPLICATION 00app, GET_APPLICATION 00app]");
    assertThat(deploying.decisions()).containsExactly("begin", "stop", "wait", "done");
  }

  @Test
  void stopsAnEmptyApplicationBeforeItsDeletion() {
    assertThat(deploying.deploy(Events.delete(APPLICATION, "REFUSE")))
        .isEqualTo(Map.of("IsComplete", true));

    assertThat(deploying.application.state()).isEqualTo("STOPPED");
    assertThat(deploying.cloudFormation.calls()).isEmpty();
  }

  @Test
  void endsWhatIsInItWhereThePolicyIsToTerminate() {
    deploying.session("s1", "BUSY").session("s2", "TERMINATING").jobRun("j1", "RUNNING");

    deploying.deploy(Events.update(A, B, "TERMINATE"));

    assertThat(deploying.application.state()).isEqualTo("STOPPED");
    assertThat(deploying.application.stateOf("s1")).isEqualTo("TERMINATED");
    assertThat(deploying.application.stateOfJobRun("j1")).isEqualTo("CANCELLED");
    assertThat(deploying.calls()).doesNotContain("TERMINATE_SESSION s2");
    assertThat(deploying.decisions()).containsExactly("begin", "end", "stop", "done");
  }

  @Test
  void waitsForWhatIsInItWhereThePolicyIsToDrain() {
    deploying.session("s1", "BUSY").jobRun("j1", "CANCELLING");
    Map<String, Object> begun = deploying.begin(Events.update(A, B, "DRAIN"));

    assertThat(deploying.isComplete(begun)).containsEntry("IsComplete", false);
    deploying.pass(Duration.ofMinutes(29));
    assertThat(deploying.isComplete(begun)).containsEntry("IsComplete", false);
    deploying.session("s1", "TERMINATED");
    deploying.finish(begun);

    assertThat(deploying.application.state()).isEqualTo("STOPPED");
    assertThat(deploying.calls()).doesNotContain("TERMINATE_SESSION s1", "CANCEL_JOB_RUN j1");
  }

  /** Such as a higher limit: the service refuses none of these, so no work has to end for it. */
  @ParameterizedTest
  @ValueSource(strings = {"REFUSE", "DRAIN", "TERMINATE"})
  void leavesWorkAloneWhereTheServiceChangesTheSettingsMeanwhile(String policy) {
    deploying.session("s1", "BUSY").jobRun("j1", "RUNNING");

    deploying.deploy(Events.updateWhileStarted(A, B, policy));

    assertThat(deploying.application.state()).isEqualTo("STARTED");
    assertThat(deploying.application.stateOf("s1")).isEqualTo("BUSY");
    assertThat(deploying.application.stateOfJobRun("j1")).isEqualTo("RUNNING");
    assertThat(deploying.decisions()).containsExactly("begin", "done");
  }

  /** Which every change can be made on, whatever CloudFormation sends of it. */
  @Test
  void stopsAnApplicationThatNobodyUsesForEveryChange() {
    deploying.deploy(Events.updateWhileStarted(A, B, "REFUSE"));

    assertThat(deploying.application.state()).isEqualTo("STOPPED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CREATED", "STOPPED", "TERMINATED"})
  void leavesAnApplicationAloneThatDoesNotRun(String state) {
    deploying.application.state(state);

    assertThat(deploying.deploy(Events.delete(APPLICATION, "REFUSE")))
        .containsEntry("IsComplete", true);

    assertThat(deploying.calls()).containsExactly("GET_APPLICATION 00app");
  }

  @Test
  void leavesAnApplicationAloneThatIsThereNoMore() {
    deploying.application.vanish();

    assertThat(deploying.deploy(Events.update(A, B, "REFUSE"))).containsEntry("IsComplete", true);
    assertThat(deploying.deploy(Events.delete(APPLICATION, "REFUSE")))
        .containsEntry("IsComplete", true);
  }

  /** As IAM is assumed to answer by a condition on tags: what is gone has none. */
  @Test
  void leavesItToCloudFormationWhereItMayNotLook() {
    deploying.emr.always(Operation.GET_APPLICATION).fail(Fault.DENIED);

    for (Map<String, Object> event :
        List.of(Events.delete(APPLICATION, "REFUSE"), Events.update(A, B, "REFUSE"))) {
      assertThat(deploying.deploy(event)).isEqualTo(Map.of("IsComplete", true));

      assertThat(deploying.lastRecord())
          .containsEntry("reason", "it is gone or has lost its tag; CloudFormation will say which");
    }
  }

  @Test
  void needsNoApplicationInTheStack() {
    deploying.cloudFormation.put(Events.STACK_ID, Events.LOGICAL_ID, null, NOW);
    assertThat(deploying.deploy(Events.update(A, B, "REFUSE"))).containsEntry("IsComplete", true);

    Map<String, Object> event = Events.update(A, B, "REFUSE");
    event.put("StackId", Events.STACK_ID + "-unknown");
    assertThat(deploying.deploy(event)).containsEntry("IsComplete", true);

    assertThat(deploying.emr.calls()).isEmpty();
  }

  @Test
  void looksAtEveryPage() {
    for (int i = 0; i < 120; i++) {
      deploying.session("s" + i, "TERMINATING").jobRun("j" + i, "RUNNING");
    }
    Map<String, Object> begun = deploying.begin(Events.delete(APPLICATION, "DRAIN"));

    deploying.isComplete(begun);

    assertThat(deploying.lastRecord())
        .containsEntry("endingSessions", 120)
        .containsEntry("liveJobRuns", 120);
    assertThat(deploying.emr.calls().stream().filter(Operation.LIST_JOB_RUNS))
        .hasSize(3)
        .extracting(call -> call.query().get("maxResults"))
        .containsOnly(List.of("50"));
  }

  @Test
  void printsOneRecordForEachStep() {
    deploying.session("s1", "IDLE").session("s2", "TERMINATING").jobRun("j1", "QUEUED");
    Map<String, Object> begun = deploying.begin(Events.update(A, B, "DRAIN"));

    deploying.isComplete(begun);

    assertThat(deploying.lastRecord())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("type", "lifecycle"),
                Map.entry("requestId", "request-1"),
                Map.entry("requestType", "Update"),
                Map.entry("resourceType", "Custom::SparkgateBeforeUpdate"),
                Map.entry("logicalResourceId", "Before1234"),
                Map.entry("application", "00app"),
                Map.entry("state", "STARTED"),
                Map.entry("liveSessions", 1),
                Map.entry("endingSessions", 1),
                Map.entry("liveJobRuns", 1),
                Map.entry("endingJobRuns", 0),
                Map.entry("decision", "wait"),
                Map.entry("reason", "the application is in use")));
  }

  /** It lets anybody answer CloudFormation; and tags are their owners' business. */
  @Test
  void printsNeitherTheAddressForTheAnswerNorTags() {
    deploying.session("s1", "IDLE");
    assertThatThrownBy(() -> deploying.deploy(Events.update(A, B, "REFUSE")))
        .hasMessageNotContaining("hush");
    deploying.session("s1", "TERMINATED");
    deploying.deploy(Events.update(A, B, "TERMINATE"));

    assertThat(deploying.printed()).isNotEmpty().doesNotContain("hush", "bucket.example");
  }

  @Test
  void takesEndpointsFromTheEnvironment() throws Exception {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    try (LambdaEnvironment lambda =
        LambdaEnvironment.withContainerCredentials(
            deploying.emr.uri(), deploying.cloudFormation.uri())) {
      LifecycleHandler handler = new LifecycleHandler(lambda.variables(), nowhere);
      Map<String, Object> begun = deploying.begin(Events.update(A, B, "REFUSE"));
      begun.put("StartedAt", Instant.now().toString());

      assertThat(deploying.invoke(handler, begun)).containsEntry("IsComplete", false);
    }

    assertThat(deploying.cloudFormation.calls())
        .extracting(Call::signingScope)
        .containsOnly("eu-west-1/cloudformation/aws4_request");
    assertThat(deploying.application.state()).isEqualTo("STOPPING");
  }
}
