package io.sparkgate.function.lifecycle;

import static io.sparkgate.function.lifecycle.Deploying.NOW;
import static io.sparkgate.function.lifecycle.Events.A;
import static io.sparkgate.function.lifecycle.Events.B;
import static io.sparkgate.function.lifecycle.Events.print;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a rollback does while there are sessions and the policy is to refuse. */
class RollbackTest {

  /** Of an update from A to B. */
  private static final String CLEARED = print(B) + "/" + print(A) + "/2026-11-20T12:00:00Z";

  @AutoClose private final Deploying deploying = new Deploying();

  @BeforeEach
  void somebodyWorks() {
    deploying.session("s1", "BUSY").jobRun("j1", "RUNNING");
  }

  @Test
  void touchesNothingWhereTheUpdateWasRefused() {
    Map<String, Object> update = deploying.begin(Events.update(print(A), B, "REFUSE"));
    assertThatThrownBy(() -> deploying.isComplete(update)).isInstanceOf(LifecycleFailed.class);
    int calls = deploying.calls().size();
    String idAfterTheRefusal = (String) update.get("PhysicalResourceId");

    assertThat(deploying.deploy(Events.update(idAfterTheRefusal, A, "REFUSE")))
        .isEqualTo(Map.of("IsComplete", true));

    assertThat(deploying.calls()).hasSize(calls);
    assertNothingWasTouched();
  }

  @Test
  void touchesNothingWhereAnotherResourceFailedBeforeTheApplicationWasTouched() {
    assertThat(deploying.deploy(Events.update(CLEARED, A, "REFUSE")))
        .isEqualTo(Map.of("IsComplete", true, "PhysicalResourceId", print(A)));

    assertThat(deploying.emr.calls()).isEmpty();
    assertNothingWasTouched();
  }

  @Test
  void clearsTheWayAgainWhereTheApplicationWasTouched() {
    deploying.touched(NOW.plusSeconds(30));
    deploying.session("s1", "TERMINATED").jobRun("j1", "SUCCESS");
    deploying.pass(Duration.ofMinutes(5));

    assertThat(deploying.deploy(Events.update(CLEARED, A, "REFUSE")))
        .containsEntry("PhysicalResourceId", print(A) + "/" + print(B) + "/2026-11-20T12:05:00Z");

    assertThat(deploying.application.state()).isEqualTo("STOPPED");
  }

  /** To touch at the very moment counts as touching after it. */
  @Test
  void saysHowARollbackGoesOnWhereItIsRefused() {
    deploying.touched(NOW);

    assertThatThrownBy(() -> deploying.deploy(Events.update(CLEARED, A, "REFUSE")))
        .isInstanceOf(LifecycleFailed.class)
        .hasMessageStartingWith("Application 00app is in use by 1 session and 1 job run, ")
        .hasMessageEndingWith(
            " If the stack is in UPDATE_ROLLBACK_FAILED, run:"
                + " aws cloudformation continue-update-rollback --stack-name lake");

    assertNothingWasTouched();
  }

  /** From B on to a third state of the settings: no rollback, whenever the way was cleared. */
  @Test
  void takesNoOtherUpdateForARollback() {
    String another = "c".repeat(64);

    assertThatThrownBy(() -> deploying.deploy(Events.update(CLEARED, another, "REFUSE")))
        .isInstanceOf(LifecycleFailed.class)
        .hasMessageNotContaining("ROLLBACK");
  }

  /** As after the creation, or from another version. */
  @Test
  void remembersNothingFromAnIdThatItDoesNotUnderstand() {
    String id = print(B) + "/" + print(A) + "/yesterday";
    deploying.session("s1", "TERMINATED").jobRun("j1", "SUCCESS");

    deploying.deploy(Events.update(id, A, "REFUSE"));

    assertThat(deploying.application.state()).isEqualTo("STOPPED");
  }

  private void assertNothingWasTouched() {
    assertThat(deploying.application.state()).isEqualTo("STARTED");
    assertThat(deploying.application.stateOf("s1")).isEqualTo("BUSY");
    assertThat(deploying.application.stateOfJobRun("j1")).isEqualTo("RUNNING");
  }
}
