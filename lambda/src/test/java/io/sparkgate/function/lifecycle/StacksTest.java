package io.sparkgate.function.lifecycle;

import static io.sparkgate.function.lifecycle.Deploying.NOW;
import static io.sparkgate.function.lifecycle.Events.A;
import static io.sparkgate.function.lifecycle.Events.B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.resource.RequestFailed;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rollback from B to A does while there are sessions, whatever the policy. */
class StacksTest {

  @AutoClose private final Deploying deploying = new Deploying();

  @BeforeEach
  void somebodyWorks() {
    deploying.session("s1", "BUSY").jobRun("j1", "RUNNING");
  }

  @ParameterizedTest
  @ValueSource(strings = {"REFUSE", "DRAIN", "TERMINATE"})
  void leavesAnApplicationAloneThatTheUpdateHasNotReached(String policy) {
    deploying.goBack();

    assertThat(deploying.isComplete(deploying.begin(Events.update(B, A, policy))))
        .isEqualTo(Map.of("IsComplete", true));

    assertNothingWasTouched();
    assertThat(deploying.lastRecord())
        .containsEntry("reason", "CloudFormation goes back before it touched the application");
  }

  /** In case CloudFormation has touched it all the same. */
  @Test
  void stopsAnApplicationThatNobodyUses() {
    deploying.session("s1", "TERMINATED").jobRun("j1", "SUCCESS");
    deploying.goBack();

    deploying.deploy(Events.update(B, A, "REFUSE"));

    assertThat(deploying.application.state()).isEqualTo("STOPPED");
  }

  @Test
  void clearsTheWayWhereTheApplicationWasUpdated() {
    deploying.touched(NOW.plusSeconds(30));
    deploying.goBack();

    deploying.deploy(Events.update(B, A, "TERMINATE"));

    assertThat(deploying.application.state()).isEqualTo("STOPPED");
    assertThat(deploying.application.stateOf("s1")).isEqualTo("TERMINATED");
  }

  @Test
  void clearsTheWayWhereTheUpdateOfTheApplicationFailed() {
    deploying.cloudFormation.put(
        Events.STACK_ID,
        Events.LOGICAL_ID,
        Deploying.APPLICATION,
        NOW.minusSeconds(30),
        "UPDATE_FAILED");
    deploying.goBack();

    deploying.deploy(Events.update(B, A, "TERMINATE"));

    assertThat(deploying.application.state()).isEqualTo("STOPPED");
  }

  /** To touch at the very moment counts as touching after it. */
  @Test
  void saysHowARollbackGoesOnWhereItIsRefused() {
    deploying.touched(NOW);
    deploying.goBack();

    assertThatThrownBy(() -> deploying.deploy(Events.update(B, A, "REFUSE")))
        .isInstanceOf(RequestFailed.class)
        .hasMessageStartingWith("Application 00app is in use by 1 session and 1 job run, ")
        .hasMessageEndingWith(
            " If the stack is in UPDATE_ROLLBACK_FAILED, run:"
                + " aws cloudformation continue-update-rollback --stack-name lake");

    assertNothingWasTouched();
  }

  @Test
  void takesNoUpdateForARollback() {
    assertThatThrownBy(() -> deploying.deploy(Events.update(B, A, "REFUSE")))
        .isInstanceOf(RequestFailed.class)
        .hasMessageNotContaining("ROLLBACK");
  }

  private void assertNothingWasTouched() {
    assertThat(deploying.application.state()).isEqualTo("STARTED");
    assertThat(deploying.application.stateOf("s1")).isEqualTo("BUSY");
    assertThat(deploying.application.stateOfJobRun("j1")).isEqualTo("RUNNING");
  }
}
