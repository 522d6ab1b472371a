package io.sparkgate.function.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.resource.RequestFailed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits for the step that installs the server. */
class ServerTest {

  private static final String ANOTHER_STEP =
      "deploy with another number in restart(…) of the cluster, or in its setting restart in"
          + " cdk.json, which makes a new step.";

  @AutoClose private final Installing installing = new Installing();

  @Test
  void answersFirstWithThePhysicalIdAndTheTimeAndCallsNobody() {
    assertThat(installing.invoke(Events.server("Create")))
        .isEqualTo(
            Map.of("PhysicalResourceId", "Hook1234", "StartedAt", Installing.NOW.toString()));
    assertThat(installing.emr.calls()).isEmpty();
  }

  @Test
  void isCompleteWhenTheStepIsAndTellsThePrimaryInstance() {
    Map<String, Object> begun = installing.begin(Events.server("Create"));

    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", false));
    installing.cluster.step("s-1", "COMPLETED");
    assertThat(installing.invoke(begun))
        .isEqualTo(Map.of("IsComplete", true, "Data", Map.of("PrimaryInstanceId", "i-1")));

    assertThat(installing.emr.calls())
        .hasToString(
            "[DESCRIBE_CLUSTER j-1, DESCRIBE_STEP s-1,"
                + " DESCRIBE_CLUSTER j-1, DESCRIBE_STEP s-1, LIST_INSTANCES j-1]");
    assertThat(installing.emr.calls().get(0).signingScope())
        .isEqualTo("eu-west-1/elasticmapreduce/aws4_request");
    assertThat(installing.emr.calls().get(4).query())
        .containsEntry("InstanceFleetType", List.of("MASTER"));
  }

  @Test
  void failsWithTheReasonOfTheStepAndWhereItsLogIs() {
    installing.cluster.step("s-1", "FAILED", "Unknown Error.", "exit code 1");

    assertFails(
        Events.server("Create"),
        "Step s-1, which installs the Spark Connect server on cluster j-1, is FAILED (Unknown"
            + " Error.: exit code 1). What it printed is in"
            + " s3://logs/emr/j-1/steps/s-1/stderr.gz, where it gets within five minutes. What to"
            + " do: correct what it names, and deploy again. Until a deployment succeeds, the"
            + " server has the settings of this step or is down: a rollback does not run the"
            + " earlier step again, nor does a deployment of the earlier settings. To go back to"
            + " those, "
            + ANOTHER_STEP);
  }

  @Test
  void saysThatNoLogIsKeptWhereTheClusterHasNoPlaceForIt() {
    installing.cluster.step("s-1", "INTERRUPTED");
    Map<String, Object> event = Events.server("Create");
    event.put("ResourceProperties", Map.of("ClusterId", "j-1", "StepId", "s-1"));

    assertThatThrownBy(() -> installing.ask(event))
        .hasMessageContaining(
            "is INTERRUPTED. What it printed is in no log, as the cluster has no");
  }

  @Test
  void failsWhereTheStepIsCancelled() {
    installing.cluster.step("s-1", "CANCELLED");

    assertThatThrownBy(() -> installing.ask(Events.server("Create")))
        .hasMessageEndingWith(
            "is CANCELLED. Somebody cancelled it, or the cluster ended. What to do: "
                + ANOTHER_STEP);
  }

  /** Which cancels the step: the cluster's reason is the one that helps. */
  @Test
  void failsWithTheReasonOfTheClusterThatEnded() {
    installing
        .cluster
        .step("s-1", "CANCELLED")
        .state("TERMINATED_WITH_ERRORS", "BOOTSTRAP_FAILURE", "bootstrap action 1 failed");

    assertFails(
        Events.server("Create"),
        "Cluster j-1 is TERMINATED_WITH_ERRORS (BOOTSTRAP_FAILURE: bootstrap action 1 failed), so"
            + " that no Spark Connect server can be installed on it. What to do: correct what the"
            + " reason names (aws emr describe-cluster --cluster-id j-1), and deploy a new cluster"
            + " by raising its generation.");
  }

  @Test
  void failsWhereTheClusterIsGone() {
    installing.emr.vanish("j-1");

    assertThatThrownBy(() -> installing.ask(Events.server("Create")))
        .isInstanceOf(RequestFailed.class)
        .hasMessageStartingWith("There is no cluster j-1 (any more), ");
  }

  @Test
  void failsWhereTheStepIsGone() {
    Map<String, Object> event = Events.server("Create");
    event.put("ResourceProperties", Map.of("ClusterId", "j-1", "StepId", "s-9"));

    assertThatThrownBy(() -> installing.ask(event))
        .hasMessageStartingWith("Cluster j-1 has no step s-9 (any more), ")
        .hasMessageEndingWith("What to do: " + ANOTHER_STEP);
  }

  /** Before the framework does, which says nothing. */
  @Test
  void givesUpOnAStepThatDoesNotEnd() {
    Map<String, Object> begun = installing.begin(Events.server("Create"));
    installing.pass(Duration.ofMinutes(40).minusSeconds(1));

    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", false));
    installing.pass(Duration.ofSeconds(1));
    assertThatThrownBy(() -> installing.invoke(begun))
        .hasMessage(
            "Step s-1, which installs the Spark Connect server, is still RUNNING after 40 minutes,"
                + " and cluster j-1 is WAITING; what it printed is in"
                + " s3://logs/emr/j-1/steps/s-1/stderr.gz, where it gets within five minutes. What"
                + " to do: mend that, and deploy again.");
  }

  @Test
  void saysWhyAStepDoesNotBegin() {
    installing.cluster.step("s-1", "PENDING");
    Map<String, Object> begun = installing.begin(Events.server("Create"));
    installing.pass(Duration.ofMinutes(40));

    assertThatThrownBy(() -> installing.invoke(begun)).hasMessageContaining("other steps run");
    installing.cluster.state("BOOTSTRAPPING");
    assertThatThrownBy(() -> installing.invoke(begun))
        .hasMessageContaining("the cluster does not start");
  }

  @Test
  void waitsForThePrimaryNode() {
    installing.cluster.step("s-1", "COMPLETED").primary(null);
    Map<String, Object> begun = installing.begin(Events.server("Create"));

    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", false));
    installing.pass(Duration.ofMinutes(40));
    assertThatThrownBy(() -> installing.invoke(begun))
        .hasMessageContaining("cluster j-1 has no running primary node after 40 minutes");
  }

  @Test
  void letsARollbackThroughAndStillTellsThePrimaryInstance() {
    installing.cluster.step("s-1", "FAILED", "Unknown Error.", "exit code 1");
    installing.goBack();

    assertThat(installing.ask(Events.server("Update")))
        .isEqualTo(Map.of("IsComplete", true, "Data", Map.of("PrimaryInstanceId", "i-1")));
    assertThat(installing.record()).contains("CloudFormation goes back", "is FAILED");
  }

  @Test
  void takesNoUpdateForARollback() {
    installing.cluster.step("s-1", "FAILED", "Unknown Error.", "exit code 1");

    assertThatThrownBy(() -> installing.ask(Events.server("Update")))
        .hasMessageContaining("is FAILED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Custom::SparkgateServer",
        "Custom::SparkgateTarget",
        "Custom::SparkgateBeforeReplacement"
      })
  void doesNothingAtTheDeletionOf(String type) {
    Map<String, Object> event = Events.server("Delete");
    event.put("ResourceType", type);

    assertThat(installing.ask(event)).isEqualTo(Map.of("IsComplete", true));
    assertThat(installing.emr.calls()).isEmpty();
  }

  @Test
  void printsNothingThatLetsOthersAnswerCloudFormation() {
    installing.ask(Events.server("Create"));

    assertThat(installing.printed()).contains("\"clusterId\":\"j-1\"").doesNotContain("hush");
  }

  private void assertFails(Map<String, Object> event, String message) {
    assertThatThrownBy(() -> installing.ask(event))
        .isInstanceOf(RequestFailed.class)
        .hasMessage(message);
  }
}
