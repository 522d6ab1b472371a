package io.sparkgate.function.lifecycle;

import static io.sparkgate.function.lifecycle.Deploying.APPLICATION;
import static io.sparkgate.function.lifecycle.Events.A;
import static io.sparkgate.function.lifecycle.Events.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.resource.RequestFailed;
import io.sparkgate.function.resource.Texts;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the one who deploys reads in the events of the stack. */
class MessagesTest {

  private static final String ALICE = "arn:aws:sts::123456789012:assumed-role/developers/alice";
  private static final String NIGHTLY = "arn:aws:sts::123456789012:assumed-role/pipelines/nightly";

  @AutoClose private final Deploying deploying = new Deploying();

  private void assertFails(Map<String, Object> begun, String message) {
    assertThatThrownBy(() -> deploying.isComplete(begun))
        .isInstanceOf(RequestFailed.class)
        .hasMessage(message);
    assertThat(deploying.lastRecord())
        .containsEntry("decision", "fail")
        .containsEntry("reason", message);
  }

  @Test
  void saysWhoseWorkIsInTheWayAndWhatToDo() {
    deploying.session("00s1", "IDLE").session("00s2", "TERMINATING").session("00s3", "BUSY");
    deploying.jobRun("00j1", "RUNNING");

    assertFails(
        deploying.begin(Events.update(A, B, "REFUSE")),
        "Application 00app is in use by 2 sessions and 1 job run, and is not updated while it"
            + " is: session 00s1 'notebook-00s1' of "
            + ALICE
            + " (IDLE), session 00s3 'notebook-00s3' of "
            + ALICE
            + " (BUSY), job run 00j1 'etl-00j1' of "
            + NIGHTLY
            + " (RUNNING). It was left as it is. End what is in the way (aws emr-serverless"
            + " terminate-session --application-id 00app --session-id 00s1; aws emr-serverless"
            + " cancel-job-run --application-id 00app --job-run-id 00j1) or wait, then deploy"
            + " again; or let the deployment do it with StopPolicy.drain(…) or"
            + " StopPolicy.terminate().");
    assertThat(deploying.application.state()).isEqualTo("STARTED");
  }

  @Test
  void saysThatADeletionIsRefused() {
    deploying.jobRun("00j1", "QUEUED");

    assertFails(
        deploying.begin(Events.delete(APPLICATION, "REFUSE")),
        "Application 00app is in use by 1 job run, and is not deleted while it is: job run 00j1"
            + " 'etl-00j1' of "
            + NIGHTLY
            + " (QUEUED). It was left as it is. End what is in the way (aws emr-serverless"
            + " cancel-job-run --application-id 00app --job-run-id 00j1) or wait, then delete the"
            + " stack again (or the application by hand, if an update was to delete it).");
  }

  @Test
  void saysThatTheWaitWasNotLongEnough() {
    deploying.session("00s1", "BUSY");
    Map<String, Object> begun = deploying.begin(Events.update(A, B, "DRAIN"));
    deploying.pass(Duration.ofMinutes(30));

    assertFails(
        begun,
        "Application 00app is still in use by 1 session after a wait of 30 minutes, and is not"
            + " updated while it is: session 00s1 'notebook-00s1' of "
            + ALICE
            + " (BUSY). It was left as it is. End what is in the way (aws emr-serverless"
            + " terminate-session --application-id 00app --session-id 00s1) or wait, then deploy"
            + " again; or give it longer with StopPolicy.drain(…), or have the rest ended with"
            + " StopPolicy.terminate().");
  }

  @Test
  void saysWhatItStillIsWhenTheDeadlineHasPassed() {
    deploying.session("00s1", "TERMINATING").session("00s2", "TERMINATING");
    Map<String, Object> begun = deploying.begin(Events.update(A, B, "TERMINATE"));
    deploying.pass(Duration.ofMinutes(15));

    assertFails(
        begun,
        "Application 00app is still STARTED with 2 sessions after 15 minutes, and is not"
            + " updated. Wait until it is STOPPED, then deploy again.");
  }

  @Test
  void saysTheLastErrorWhenTheDeadlineHasPassedAlsoWhereItStartedCold() {
    Map<String, Object> begun = deploying.begin(Events.delete(APPLICATION, "REFUSE"));
    deploying.emr.always(Operation.STOP_APPLICATION).fail(Fault.INVALID);
    deploying.isComplete(begun);
    deploying.pass(Duration.ofMinutes(16));
    deploying.startCold();

    assertFails(
        begun,
        "Application 00app is still STARTED after 16 minutes, and is not deleted. The last"
            + " error: StopApplication: ValidationException: The request is not valid in this"
            + " state. Stop it (aws emr-serverless stop-application --application-id 00app), then"
            + " delete the stack again (or the application by hand, if an update was to delete"
            + " it).");
  }

  @Test
  void saysWhyItCouldNotEndWhatIsThereWhenTheDeadlineHasPassed() {
    deploying.session("00s1", "IDLE");
    Map<String, Object> begun = deploying.begin(Events.update(A, B, "TERMINATE"));
    deploying.emr.always(Operation.TERMINATE_SESSION).fail(Fault.INTERNAL);
    deploying.pass(Duration.ofMinutes(15));

    assertFails(
        begun,
        "Application 00app is still STARTED with 1 session after 15 minutes, and is not"
            + " updated. The last error: TerminateSession: InternalServerException: Internal server"
            + " error. Wait until it is STOPPED, then deploy again.");
  }

  /** What was in the way is not any more, but the time is up. */
  @Test
  void stopsItAtTheLastMomentWhereNothingIsInTheWay() {
    Map<String, Object> begun = deploying.begin(Events.update(A, B, "REFUSE"));
    deploying.pass(Duration.ofMinutes(15));

    assertFails(
        begun,
        "Application 00app is still STOPPING after 15 minutes, and is not updated. Wait until it"
            + " is STOPPED, then deploy again.");
    assertThat(deploying.application.state()).isEqualTo("STOPPING");
  }

  @Test
  void saysThatItMeetsAStateFromTheFuture() {
    deploying.application.state("HIBERNATING");
    Map<String, Object> begun = deploying.begin(Events.delete(APPLICATION, "REFUSE"));

    assertThat(deploying.isComplete(begun)).containsEntry("IsComplete", false);
    deploying.pass(Duration.ofMinutes(15));
    assertFails(
        begun,
        "Application 00app is still in a state that this version of Sparkgate does not know after"
            + " 15 minutes, and is not deleted. Wait until it is STOPPED, then delete the stack"
            + " again (or the application by hand, if an update was to delete it).");
  }

  @Test
  void saysThatItCannotLookWhenTheDeadlineHasPassed() {
    deploying.emr.always(Operation.LIST_JOB_RUNS).fail(Fault.THROTTLED);
    Map<String, Object> begun = deploying.begin(Events.update(A, B, "REFUSE"));
    deploying.pass(Duration.ofMinutes(15));

    assertFails(
        begun,
        "Whether application 00app is stopped cannot be found out for 15 minutes, and it is not"
            + " updated unless it is. The last error: ListJobRuns: ThrottlingException: Rate"
            + " exceeded. When the service answers, deploy again.");
  }

  @Test
  void saysThatTheStackCannotBeAskedWhenTheDeadlineHasPassed() {
    deploying.cloudFormation.always(Operation.DESCRIBE_STACK_RESOURCE).fail(Fault.THROTTLED);
    Map<String, Object> begun = deploying.begin(Events.update(A, B, "REFUSE"));
    deploying.pass(Duration.ofMinutes(15));

    assertFails(
        begun,
        "Whether application SparkConnectApplication1234 is stopped cannot be found out for 15"
            + " minutes, and it is not updated unless it is. The last error:"
            + " DescribeStackResource: ThrottlingException: Rate exceeded. When the service answers,"
            + " deploy again.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      LIST_SESSIONS           | ListSessions          | 00app | see that it carries the tag sparkgate:lifecycle = <name of the stack>/<its logical id>, and that nothing else limits the function's role
      LIST_JOB_RUNS           | ListJobRuns           | 00app | see that it carries the tag sparkgate:lifecycle = <name of the stack>/<its logical id>, and that nothing else limits the function's role
      TERMINATE_SESSION       | TerminateSession      | 00app | deploy the change of policy to TERMINATE first, without a change of the application; if it was replaced, end its work and delete it by hand
      CANCEL_JOB_RUN          | CancelJobRun          | 00app | deploy the change of policy to TERMINATE first, without a change of the application; if it was replaced, end its work and delete it by hand
      DESCRIBE_STACK_RESOURCE | DescribeStackResource | SparkConnectApplication1234 | allow it on the stack, in the function's role and in whatever limits that role
      """)
  void saysWhatItMayNotDo(Operation operation, String action, String application, String remedy) {
    deploying.session("s1", "IDLE").jobRun("j1", "RUNNING");
    deploying.emr.always(operation).fail(Fault.DENIED);
    deploying.cloudFormation.always(operation).fail(new Fault(403, "AccessDenied", "No"));
    String error =
        operation == Operation.DESCRIBE_STACK_RESOURCE
            ? "AccessDenied: No"
            : "AccessDeniedException: User is not authorized";

    assertFails(
        deploying.begin(Events.update(A, B, "TERMINATE")),
        "The function may not call %s for application %s, which is not updated before: %s: %s."
                .formatted(action, application, action, error)
            + " What to do: "
            + remedy
            + ".");
  }

  @Test
  void saysThatItMayNotStop() {
    deploying.emr.always(Operation.STOP_APPLICATION).fail(Fault.DENIED);

    assertThatThrownBy(() -> deploying.deploy(Events.delete(APPLICATION, "REFUSE")))
        .hasMessageStartingWith(
            "The function may not call StopApplication for application 00app, which is not"
                + " deleted before: ");
  }

  @Test
  void namesTenAtMost() {
    IntStream.range(0, 13).forEach(i -> deploying.session("00s" + i, "IDLE"));

    assertThatThrownBy(() -> deploying.deploy(Events.delete(APPLICATION, "REFUSE")))
        .hasMessageContaining("is in use by 13 sessions, ")
        .hasMessageContaining("session 00s9 ")
        .hasMessageNotContaining("session 00s10 ")
        .hasMessageContaining(", and 3 more. It was left as it is.");
  }

  @Test
  void neverLeavesOutWhatToDoForWantOfRoom() {
    Work work =
        new Work(
            Work.Kind.SESSION,
            "0".repeat(64),
            "n".repeat(256),
            "arn:" + "p".repeat(2_000),
            "IDLE",
            false);

    String message =
        Messages.inUse(
            new Target(APPLICATION, "updated", " hint"),
            IntStream.range(0, 12).mapToObj(i -> work).toList());

    assertThat(message)
        .hasSizeLessThanOrEqualTo(Texts.MAX_LENGTH)
        .contains("is in use by 12 sessions, ", "n…' of arn:", " more. It was left as it is.")
        .endsWith("StopPolicy.terminate(). hint");
  }

  @Test
  void quotesOfAnErrorWhatThereIsRoomFor() {
    deploying
        .emr
        .always(Operation.GET_APPLICATION)
        .fail(new Fault(400, "Odd", "x\n".repeat(2_000)));
    Map<String, Object> begun = deploying.begin(Events.delete(APPLICATION, "REFUSE"));
    deploying.pass(Duration.ofMinutes(15));

    assertThatThrownBy(() -> deploying.isComplete(begun))
        .hasMessageContaining("GetApplication: Odd: x x x")
        .hasMessageEndingWith(
            "…. When the service answers, delete the stack again (or the application by hand, if an update was to delete it).")
        .message()
        .hasSizeLessThan(1_000)
        .doesNotContain("\n");
    assertThat(deploying.lastRecord()).containsEntry("type", "lifecycle");
  }
}
