package io.sparkgate.function.cluster;

import static io.sparkgate.function.cluster.Installing.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.resource.RequestFailed;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stands before the deletion of the cluster. */
class DeletionTest {

  private static final Map<String, Object> COMPLETE = Map.of("IsComplete", true);
  private static final Map<String, Object> NOT_YET = Map.of("IsComplete", false);

  @AutoClose private final Installing installing = new Installing();

  @Test
  void refusesWhileRequestsCome() {
    requestsAt(NOW.minusSeconds(240));

    assertThatThrownBy(() -> installing.ask(Events.delete("REFUSE")))
        .isInstanceOf(RequestFailed.class)
        .hasMessage(
            "Cluster j-1 is in use, and is not deleted while it is: 3 requests came through its"
                + " load balancer in the last 5 minutes. It was left as it is. What to do: have"
                + " people end their work, or wait, then delete the stack again; or end it for"
                + " them (aws emr modify-cluster-attributes --cluster-id j-1"
                + " --no-termination-protected, then aws emr terminate-clusters --cluster-ids"
                + " j-1), and delete the stack again.");
    assertThat(installing.cloudWatch.calls())
        .hasToString("[GET_METRIC_DATA ContainerAllocated, GET_METRIC_DATA RequestCountPerTarget]");
    assertThat(installing.cloudWatch.calls().get(1).query())
        .containsEntry(
            "MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name",
            List.of("TargetGroup"))
        .containsEntry("MetricDataQueries.member.1.MetricStat.Stat", List.of("Sum"));
  }

  @Test
  void refusesWhileThereAreExecutors() {
    containersAt(NOW.minusSeconds(500), 4);

    assertThatThrownBy(() -> installing.ask(Events.delete("REFUSE")))
        .hasMessageContaining(
            ": 4 containers of YARN ran in the last 10 minutes, of which the server is one.");
  }

  @Test
  void goesOnWhereNobodyUsesIt() {
    containersAt(NOW.minusSeconds(100), 1);
    containersAt(NOW.minusSeconds(601), 9);
    requestsAt(NOW.minusSeconds(301));

    assertThat(installing.ask(Events.delete("REFUSE"))).isEqualTo(COMPLETE);
  }

  @Test
  void asksForNoRequestsWhereThereIsNoEndpoint() {
    Map<String, Object> event = Events.delete("REFUSE");
    event.put("ResourceProperties", Map.of("ClusterId", "j-1", "Policy", "REFUSE"));

    assertThat(installing.ask(event)).isEqualTo(COMPLETE);
    assertThat(installing.cloudWatch.calls()).hasSize(1);
  }

  @Test
  void waitsForPeopleAndGivesUpOnThem() {
    requestsAt(NOW.minusSeconds(10));
    Map<String, Object> begun = installing.begin(Events.delete("DRAIN"));

    assertThat(installing.invoke(begun)).isEqualTo(NOT_YET);
    installing.pass(Duration.ofMinutes(30));
    requestsAt(NOW.plus(Duration.ofMinutes(29)));
    assertThatThrownBy(() -> installing.invoke(begun))
        .hasMessageStartingWith("Cluster j-1 is still in use after a wait of 30 minutes, and is");
  }

  @Test
  void goesOnWhenPeopleHaveEnded() {
    requestsAt(NOW.minusSeconds(10));
    Map<String, Object> begun = installing.begin(Events.delete("DRAIN"));
    installing.invoke(begun);
    installing.pass(Duration.ofMinutes(6));

    assertThat(installing.invoke(begun)).isEqualTo(COMPLETE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERMINATE", "RETAIN"})
  void asksNobodyWhereThePolicyIsTo(String policy) {
    requestsAt(NOW.minusSeconds(10));

    assertThat(installing.ask(Events.delete(policy))).isEqualTo(COMPLETE);
    assertThat(installing.cloudWatch.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS"})
  void goesOnWhereTheClusterIsOver(String state) {
    requestsAt(NOW.minusSeconds(10));
    installing.cluster.state(state);

    assertThat(installing.ask(Events.delete("REFUSE"))).isEqualTo(COMPLETE);
  }

  @Test
  void goesOnWhereTheClusterIsGone() {
    requestsAt(NOW.minusSeconds(10));
    installing.emr.vanish("j-1");

    assertThat(installing.ask(Events.delete("REFUSE"))).isEqualTo(COMPLETE);
  }

  /** Such as one that is gone, by whose tag alone it might. */
  @Test
  void asksForTheUseOfAClusterThatItMayNotLookAt() {
    installing.emr.always(Operation.DESCRIBE_CLUSTER).fail(Fault.DENIED);

    assertThat(installing.ask(Events.delete("REFUSE"))).isEqualTo(COMPLETE);
    requestsAt(NOW.minusSeconds(10));
    assertThatThrownBy(() -> installing.ask(Events.delete("REFUSE")))
        .hasMessageStartingWith("Cluster j-1 is in use");
  }

  /** Its people were told when somebody consented. */
  @Test
  void letsAClusterGoThatAnotherHasReplaced() {
    requestsAt(NOW.minusSeconds(10));
    installing.cloudFormation.put(Events.STACK_ID, "Hook1234", "j-2", NOW);

    assertThat(installing.ask(Events.delete("REFUSE"))).isEqualTo(COMPLETE);
  }

  /** Requests come to the new one by then, and a clean-up that fails leaves the old one behind. */
  @Test
  void waitsForTheExecutorsOfAReplacedClusterOnlyAndNotForEver() {
    installing.cloudFormation.put(Events.STACK_ID, "Hook1234", "j-2", NOW);
    requestsAt(NOW.minusSeconds(10));
    assertThat(installing.ask(Events.delete("DRAIN"))).isEqualTo(COMPLETE);

    containersAt(NOW.minusSeconds(10), 4);
    Map<String, Object> begun = installing.begin(Events.delete("DRAIN"));
    assertThat(installing.invoke(begun)).isEqualTo(NOT_YET);
    installing.pass(Duration.ofMinutes(30));
    containersAt(NOW.plus(Duration.ofMinutes(29)), 4);
    assertThat(installing.invoke(begun)).isEqualTo(COMPLETE);
  }

  @Test
  void isAboutTheClusterWhoseIdItHas() {
    Map<String, Object> event = Events.beforeDelete("Delete", "j-2", "REFUSE");
    installing.emr.cluster("j-2");
    installing.cloudWatch.put("ContainerAllocated", "j-2", NOW.minusSeconds(10), 9);

    assertThat(installing.ask(event)).isEqualTo(COMPLETE);
  }

  @Test
  void refusesWhereTheStackStillHasTheCluster() {
    requestsAt(NOW.minusSeconds(10));
    installing.cloudFormation.put(Events.STACK_ID, "Hook1234", "j-1", NOW);

    assertThatThrownBy(() -> installing.ask(Events.delete("REFUSE")))
        .hasMessageStartingWith("Cluster j-1 is in use");
  }

  @Test
  void refusesWhereItMayNotAskWhetherTheStackStillHasTheCluster() {
    requestsAt(NOW.minusSeconds(10));
    installing.cloudFormation.always(Operation.DESCRIBE_STACK_RESOURCE).fail(Fault.DENIED);

    assertThatThrownBy(() -> installing.ask(Events.delete("REFUSE")))
        .hasMessageStartingWith("Cluster j-1 is in use");
  }

  /** So that CloudFormation deletes what stood before the deletion of the old one. */
  @Test
  void takesTheIdOfAClusterThatReplacesAnother() {
    assertThat(installing.invoke(Events.beforeDelete("Update", "j-2", "REFUSE")))
        .containsEntry("PhysicalResourceId", "j-2");
    assertThat(installing.invoke(Events.delete("REFUSE")))
        .containsEntry("PhysicalResourceId", "j-1");
  }

  @Test
  void findsAWrongPolicyAtTheCreation() {
    assertThatThrownBy(() -> installing.invoke(Events.beforeDelete("Create", "j-1", "MAYBE")))
        .hasMessage(
            "ResourceProperties.Policy is \"MAYBE\" in what CloudFormation sent; allowed: REFUSE,"
                + " DRAIN, TERMINATE or RETAIN. Correct it in the template");
  }

  private void requestsAt(Instant at) {
    installing.cloudWatch.put("RequestCountPerTarget", "targetgroup/spark/0123456789abcdef", at, 3);
  }

  private void containersAt(Instant at, int number) {
    installing.cloudWatch.put("ContainerAllocated", "j-1", at, number);
  }
}
