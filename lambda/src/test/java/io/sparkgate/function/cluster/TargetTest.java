package io.sparkgate.function.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.resource.RequestFailed;
import io.sparkgate.function.stub.Fault;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waits for the load balancer. */
class TargetTest {

  @AutoClose private final Installing installing = new Installing();

  @Test
  void isCompleteWhenTheTargetIsHealthy() {
    Map<String, Object> begun = installing.begin(Events.target("Create"));

    // Nobody has registered it yet.
    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", false));
    installing.loadBalancing.health("i-1", "initial", "Elb.RegistrationInProgress", null);
    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", false));
    installing.loadBalancing.health("i-1", "healthy", null, null);
    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", true));

    assertThat(installing.loadBalancing.calls().get(0))
        .hasToString("DESCRIBE_TARGET_HEALTH i-1:15002");
    assertThat(installing.loadBalancing.calls().get(0).signingScope())
        .isEqualTo("eu-west-1/elasticloadbalancing/aws4_request");
  }

  /** The step's id stands there only so that CloudFormation asks again after each. */
  @Test
  void isAskedAgainAfterEachStepAndTakesNoNoticeOfItsId() {
    Map<String, Object> event = Events.target("Update");
    Map<Object, Object> properties = new HashMap<>((Map<?, ?>) event.get("ResourceProperties"));
    properties.put("StepId", "s-2");
    event.put("ResourceProperties", properties);
    installing.loadBalancing.health("i-1", "healthy", null, null);

    assertThat(installing.ask(event)).isEqualTo(Map.of("IsComplete", true));
  }

  @Test
  void givesUpWithTheReasonInWords() {
    installing.loadBalancing.health("i-1", "unhealthy", "Target.Timeout", "Request timed out");

    assertThatThrownBy(this::giveUp)
        .isInstanceOf(RequestFailed.class)
        .hasMessage(
            "The load balancer does not find the Spark Connect server on port 15002 of i-1 healthy"
                + " after 15 minutes: it is unhealthy (Target.Timeout: Request timed out). What to"
                + " do: let port 15002 through: nothing answers, so either the security group of"
                + " the primary node does not let it in from the load balancer's, or the load"
                + " balancer's does not let it out to the node's; if both do, the server is"
                + " overloaded; then deploy again.");
  }

  @ParameterizedTest
  @CsvSource({
    "Target.FailedHealthChecks, journalctl -u spark-connect",
    "Target.ResponseCodeMismatch, not as a Spark Connect server does",
    "Target.NotRegistered, whether somebody took i-1 out of the target group",
    "Target.NotInUse, subnet in the availability zone of i-1",
    "Target.InvalidState, why i-1 does not run",
    "Target.DeregistrationInProgress, who takes i-1 out",
    "Elb.InternalError, journalctl -u spark-connect"
  })
  void saysWhatToDoAbout(String reason, String remedy) {
    installing.loadBalancing.health("i-1", "unhealthy", reason, null);

    assertThatThrownBy(this::giveUp).hasMessageContainingAll("(" + reason + ")", remedy);
  }

  @Test
  void failsAtOnceWhereThereIsNoTargetGroup() {
    installing
        .loadBalancing
        .always()
        .fail(new Fault(400, "TargetGroupNotFound", "One or more target groups not found"));

    assertThatThrownBy(() -> installing.ask(Events.target("Create")))
        .hasMessageStartingWith("There is no target group " + Events.TARGET_GROUP)
        .hasMessageEndingWith(
            "What to do: deploy again; if somebody deleted it, remove the endpoint, deploy, add it"
                + " again, and deploy, which makes a new one.");
  }

  /** A step that runs again restarts the server: whether it is healthy is asked after that too. */
  @Test
  void asksAgainAfterAnotherStep() {
    Map<String, Object> update = Events.target("Update");
    Map<String, String> properties =
        Map.of(
            "TargetGroupArn",
            Events.TARGET_GROUP,
            "InstanceId",
            "i-1",
            "Port",
            "15002",
            "StepId",
            "s-2");
    update.put("ResourceProperties", properties);
    installing.loadBalancing.health("i-1", "unhealthy", "Target.FailedHealthChecks", null);
    Map<String, Object> begun = installing.begin(update);

    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", false));
    installing.loadBalancing.health("i-1", "healthy", null, null);
    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", true));
  }

  @Test
  void letsARollbackThrough() {
    installing.loadBalancing.health("i-1", "unhealthy", "Target.Timeout", null);
    installing.goBack();
    Map<String, Object> begun = installing.begin(Events.target("Update"));
    installing.pass(Duration.ofMinutes(15));

    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", true));
  }

  private void giveUp() {
    Map<String, Object> begun = installing.begin(Events.target("Create"));
    installing.pass(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", false));
    installing.pass(Duration.ofSeconds(1));
    installing.invoke(begun);
  }
}
