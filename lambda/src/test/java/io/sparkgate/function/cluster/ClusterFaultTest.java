package io.sparkgate.function.cluster;

import static io.sparkgate.function.stub.Operation.DESCRIBE_CLUSTER;
import static io.sparkgate.function.stub.Operation.DESCRIBE_STACKS;
import static io.sparkgate.function.stub.Operation.DESCRIBE_STEP;
import static io.sparkgate.function.stub.Operation.LIST_INSTANCES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.resource.RequestFailed;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that fail: what passes is waited for, and what does not is said. */
class ClusterFaultTest {

  private static final Fault THROTTLED = new Fault(400, "ThrottlingException", "Rate exceeded");
  private static final List<Operation> OF_EMR =
      List.of(DESCRIBE_CLUSTER, DESCRIBE_STEP, LIST_INSTANCES);

  @AutoClose private final Installing installing = new Installing();

  static Stream<Arguments> faultsThatPass() {
    return Stream.of(THROTTLED, Fault.BROKEN)
        .flatMap(fault -> OF_EMR.stream().map(operation -> Arguments.of(operation, fault)));
  }

  @ParameterizedTest
  @MethodSource("faultsThatPass")
  void waitsWhereEmrDoesNotAnswer(Operation operation, Fault fault) {
    installing.cluster.step("s-1", "COMPLETED");
    // More than the client tries by itself.
    installing.emr.next(6, operation).fail(fault);
    Map<String, Object> begun = installing.begin(Events.server("Create"));

    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", false));
    assertThat(installing.record()).contains("it could not be looked at", "\"error\":");
    for (int i = 0; i < 6 && !installing.record().contains("\"done\""); i++) {
      installing.invoke(begun);
    }
    assertThat(installing.record()).contains("the server is up on i-1");
  }

  @Test
  void givesUpOnAServiceThatNeverAnswersWithWhatItSaid() {
    installing.emr.always(DESCRIBE_CLUSTER).fail(THROTTLED);
    Map<String, Object> begun = installing.begin(Events.server("Create"));
    installing.pass(Duration.ofMinutes(40));

    assertThatThrownBy(() -> installing.invoke(begun))
        .isInstanceOf(RequestFailed.class)
        .hasMessage(
            "For 40 minutes it cannot be found out whether the Spark Connect server of cluster j-1"
                + " is up. The last error: DescribeCluster: ThrottlingException: Rate exceeded."
                + " When the service answers, deploy again.");
  }

  /** At once at a deletion: what the function may do was said long before. */
  @Test
  void saysWhatItMayNotDoWhereThatIsNotJustNotSoYet() {
    installing.emr.always(DESCRIBE_STEP).fail(Fault.DENIED);
    installing.loadBalancing.always().fail(new Fault(403, "AccessDenied", "not authorized"));
    installing.cloudWatch.always().fail(new Fault(403, "AccessDenied", "not authorized"));

    Map<String, Object> server = installing.begin(Events.server("Create"));
    Map<String, Object> target = installing.begin(Events.target("Update"));
    installing.pass(Duration.ofMinutes(2).minusSeconds(1));
    assertThat(installing.invoke(server)).isEqualTo(Map.of("IsComplete", false));
    assertThat(installing.invoke(target)).isEqualTo(Map.of("IsComplete", false));
    installing.pass(Duration.ofSeconds(1));
    assertThatThrownBy(() -> installing.invoke(server))
        .hasMessageStartingWith(
            "The function may not call DescribeStep, without which it cannot tell whether the Spark"
                + " Connect server of cluster j-1 is up: DescribeStep: AccessDeniedException: User"
                + " is not authorized. What to do: ")
        .hasMessageEndingWith("allow it there, and deploy again.");
    assertThatThrownBy(() -> installing.invoke(target))
        .hasMessageStartingWith("The function may not call DescribeTargetHealth, ");
    assertThatThrownBy(() -> installing.ask(Events.delete("REFUSE")))
        .hasMessageStartingWith("The function may not call GetMetricData, ")
        .hasMessageEndingWith("delete the stack again.");
  }

  @Test
  void waitsForCloudWatchAndThenLeavesTheCluster() {
    installing.cloudWatch.always().fail(new Fault(400, "Throttling", "Rate exceeded"));
    Map<String, Object> begun = installing.begin(Events.delete("REFUSE"));

    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", false));
    installing.pass(Decisions.PATIENCE);
    assertThatThrownBy(() -> installing.invoke(begun))
        .hasMessageStartingWith(
            "For 5 minutes it cannot be found out whether cluster j-1, which is to be deleted, is"
                + " in use. The last error: GetMetricData: Throttling");
  }

  @Test
  void waitsForTheStackBeforeItFailsAnUpdate() {
    installing.cluster.step("s-1", "FAILED", "Unknown Error.", "exit code 1");
    installing.cloudFormation.next(1, DESCRIBE_STACKS).fail(THROTTLED);
    Map<String, Object> begun = installing.begin(Events.server("Update"));

    assertThat(installing.invoke(begun)).isEqualTo(Map.of("IsComplete", false));
    assertThatThrownBy(() -> installing.invoke(begun)).hasMessageContaining("is FAILED");
  }

  @Test
  void failsAnUpdateForItsReasonWhereItMayNotAskForTheStack() {
    installing.cluster.step("s-1", "FAILED", "Unknown Error.", "exit code 1");
    installing.cloudFormation.always(DESCRIBE_STACKS).fail(Fault.DENIED);

    assertThatThrownBy(() -> installing.ask(Events.server("Update")))
        .hasMessageContaining("is FAILED");
  }

  @Test
  void refusesWhatIsNoRequest() {
    assertThatThrownBy(() -> installing.invoke(Map.of()))
        .isInstanceOf(RequestFailed.class)
        .hasMessageStartingWith("RequestType is missing in what CloudFormation sent");
  }
}
