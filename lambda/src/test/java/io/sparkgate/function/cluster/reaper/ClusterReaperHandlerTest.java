package io.sparkgate.function.cluster.reaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.function.stub.CloudWatchStub;
import io.sparkgate.function.stub.EmrStub;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.Operation;
import io.sparkgate.function.stub.StubClients;
import io.sparkgate.function.stub.StubContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.emr.EmrClient;

/** The function with the real clients against the stubs; its limit is an hour. */
class ClusterReaperHandlerTest {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final EmrStub emr = EmrStub.start();
  private final CloudWatchStub cloudWatch = CloudWatchStub.start();
  private final EmrClient emrClient = StubClients.of(EmrClient.builder(), emr.uri());
  private final CloudWatchClient cloudWatchClient =
      StubClients.of(CloudWatchClient.builder(), cloudWatch.uri());
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    emrClient.close();
    cloudWatchClient.close();
    emr.close();
    cloudWatch.close();
  }

  @Test
  void terminatesAClusterThatGotNoRequestForAsLongAsTheLimit() {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofHours(9)));
    request("1", 61);

    assertThat(sweep("j-1"))
        .containsEntry("Scanned", 1)
        .containsEntry("Terminated", 1)
        .containsEntry("OldestIdleSeconds", 3600);

    assertThat(emr.cluster("j-1").state()).isEqualTo("TERMINATING");
    assertThat(emr.calls())
        .hasToString("[DESCRIBE_CLUSTER j-1, DESCRIBE_CLUSTER j-1, TERMINATE_JOB_FLOWS j-1]");
    assertThat(records().get(0))
        .containsEntry("type", "clusterDecision")
        .containsEntry("clusterId", "j-1")
        .containsEntry("state", "WAITING")
        .containsEntry("idleSeconds", 3600)
        .containsEntry("limitSeconds", 3600)
        .containsEntry("outcome", "terminated")
        .containsEntry("reason", "without a request for 60 min, limit 60 min");
  }

  @Test
  void keepsAClusterThatGotARequest() {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofHours(9)));
    request("1", 60);

    assertThat(sweep("j-1")).containsEntry("Terminated", 0);
    assertKept("without a request for 59 min, limit 60 min");
  }

  /** Where CloudWatch has no word of requests, nobody can have sent one. */
  @Test
  void takesSilenceForNoRequestsOnlyWhereTheClusterWasUpAllTheTime() {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofMinutes(60)));
    emr.cluster("j-2").readyAt(NOW.minus(Duration.ofMinutes(59)));

    assertThat(sweep("j-1", "j-2")).containsEntry("Terminated", 1);

    assertThat(emr.cluster("j-1").state()).isEqualTo("TERMINATING");
    assertThat(emr.cluster("j-2").state()).isEqualTo("WAITING");
  }

  @Test
  void asksForTheRequestsOfItsOwnTargetGroup() {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofHours(9)));
    request("2", 5);

    assertThat(sweep("j-1")).containsEntry("Terminated", 1);
    assertThat(cloudWatch.calls().get(0).signingScope())
        .isEqualTo("eu-west-1/monitoring/aws4_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STARTING", "BOOTSTRAPPING", "TERMINATING", "TERMINATED"})
  void neverTouchesAClusterInState(String state) {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofHours(9))).state(state);

    sweep("j-1");

    assertKept("a cluster in state " + state + " is never touched");
    assertThat(cloudWatch.calls()).isEmpty();
  }

  @Test
  void keepsAClusterOfWhichItIsNotKnownSinceWhenItIsUp() {
    emr.cluster("j-1");

    assertThat(sweep("j-1")).containsEntry("Unknown", 1).containsEntry("Terminated", 0);
  }

  @Test
  void keepsAClusterForAsLongAsItsTagSays() {
    emr.cluster("j-1")
        .readyAt(NOW.minus(Duration.ofHours(9)))
        .tag("sparkgate:keep-until", "2026-11-26T18:00:00Z");
    emr.cluster("j-2")
        .readyAt(NOW.minus(Duration.ofHours(9)))
        .tag("sparkgate:keep-until", "2026-11-26T11:00:00Z");

    assertThat(sweep("j-1", "j-2")).containsEntry("Exempt", 1).containsEntry("Terminated", 1);

    assertThat(emr.cluster("j-1").state()).isEqualTo("WAITING");
    assertThat(records().get(0).get("reason"))
        .isEqualTo(
            "protected until 2026-11-26T18:00:00Z by tag sparkgate:keep-until; otherwise without a"
                + " request for 540 min, limit 60 min, none was seen");
  }

  /** Its grace is counted from when the cluster was due, which ends. */
  @Test
  void keepsAClusterForAWhileWhoseTagCannotBeRead() {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofHours(9))).tag("sparkgate:keep-until", "soon");
    emr.cluster("j-2").readyAt(NOW.minus(Duration.ofHours(4))).tag("sparkgate:keep-until", "soon");

    assertThat(sweep("j-1", "j-2"))
        .containsEntry("Exempt", 1)
        .containsEntry("Terminated", 1)
        .containsEntry("UnreadableKeepUntil", 2);

    assertThat(emr.cluster("j-2").state()).isEqualTo("WAITING");
  }

  @Test
  void reportsAClusterWithTerminationProtectionAndDoesNotFightIt() {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofHours(9))).terminationProtected();

    assertThat(sweep("j-1")).containsEntry("Exempt", 1);

    assertThat(emr.calls()).hasToString("[DESCRIBE_CLUSTER j-1]");
    assertThat((String) records().get(0).get("reason"))
        .startsWith("protected by EMR's own termination protection; turn that off, or take");
  }

  @Test
  void looksAgainRightBeforeItTerminates() {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofHours(9)));
    emr.next(1, Operation.DESCRIBE_CLUSTER).follow(() -> {});
    emr.next(1, Operation.DESCRIBE_CLUSTER).follow(() -> request("1", 3));

    assertThat(sweep("j-1")).containsEntry("Terminated", 0);
    assertKept("without a request for 2 min, limit 60 min");
  }

  @Test
  void terminatesNoMoreThanTheCapAndTheIdlestFirst() {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofHours(2)));
    emr.cluster("j-2").readyAt(NOW.minus(Duration.ofHours(9)));

    assertThat(sweepWith(Configs.of(1, false, "j-1", "j-2")))
        .containsEntry("Terminated", 1)
        .containsEntry("Left", 1);

    assertThat(emr.cluster("j-1").state()).isEqualTo("WAITING");
    assertThat(emr.cluster("j-2").state()).isEqualTo("TERMINATING");
  }

  @Test
  void terminatesNothingInADryRun() {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofHours(9)));

    assertThat(sweepWith(Configs.of(5, true, "j-1"))).containsEntry("WouldTerminate", 1);
    assertThat(emr.cluster("j-1").state()).isEqualTo("WAITING");
  }

  @Test
  void takesAClusterThatIsGoneForNoFailure() {
    assertThat(sweep("j-9")).containsEntry("Scanned", 1).containsEntry("Failed", 0);
    assertThat(records().get(0)).containsEntry("outcome", "gone");
  }

  @Test
  void goesOnAfterAFailureAndFailsAtTheEnd() {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofHours(9)));
    emr.cluster("j-2").readyAt(NOW.minus(Duration.ofHours(9)));
    emr.always(Operation.DESCRIBE_CLUSTER.of("j-1")).fail(Fault.DENIED);

    assertThatThrownBy(() -> sweep("j-1", "j-2"))
        .isInstanceOf(ClusterSweepFailed.class)
        .hasMessageStartingWith("1 failed, the first is cluster j-1: AccessDeniedException: ");

    assertThat(emr.cluster("j-2").state()).isEqualTo("TERMINATING");
    assertThat(records().get(0))
        .containsEntry("outcome", "failed")
        .containsEntry("reason", "it could not be looked at, and is kept");
  }

  @Test
  void keepsAClusterWhoseRequestsAreUnknown() {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofHours(9)));
    cloudWatch.always().fail(new Fault(400, "Throttling", "Rate exceeded"));

    assertThatThrownBy(() -> sweep("j-1")).hasMessageContaining("cluster j-1: Throttling");
    assertThat(emr.cluster("j-1").state()).isEqualTo("WAITING");
  }

  @Test
  void failsWhereAClusterCannotBeTerminated() {
    emr.cluster("j-1").readyAt(NOW.minus(Duration.ofHours(9)));
    emr.always(Operation.TERMINATE_JOB_FLOWS).fail(Fault.DENIED);

    assertThatThrownBy(() -> sweep("j-1")).isInstanceOf(ClusterSweepFailed.class);
    assertThat((String) records().get(0).get("reason")).startsWith("it could not be terminated: ");
  }

  @Test
  void writesMetricsAtTheEndOfASweep() {
    emr.cluster("j-1").readyAt(NOW.minus(MINUTE));

    sweep("j-1");

    Map<String, Object> last = records().get(1);
    assertThat(last).containsEntry("type", "clusterSweep").containsEntry("Reaper", "reaper-1");
    assertThat(last.get("_aws").toString())
        .contains("Namespace=Sparkgate", "Name=SweepDuration, Unit=Milliseconds");
  }

  private void assertKept(String reason) {
    assertThat(records().get(0)).containsEntry("outcome", "kept").containsEntry("reason", reason);
  }

  /** A request to the cluster of that number, in the minute that began so many minutes ago. */
  private void request(String number, int minutesAgo) {
    cloudWatch.put(
        "RequestCountPerTarget",
        "targetgroup/spark/" + number,
        NOW.minus(MINUTE.multipliedBy(minutesAgo)),
        1);
  }

  private Map<String, Object> sweep(String... clusters) {
    return sweepWith(Configs.of(5, false, clusters));
  }

  private Map<String, Object> sweepWith(String config) {
    try {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      new ClusterReaperHandler(
              ClusterReaperConfig.parse(config),
              "reaper-1",
              emrClient,
              cloudWatchClient,
              new PrintStream(written, true, StandardCharsets.UTF_8),
              Clock.fixed(NOW, ZoneOffset.UTC))
          .handleRequest(
              new ByteArrayInputStream(new byte[0]), answer, StubContext.of(Duration.ofMinutes(1)));
      return JSON.std.mapFrom(answer.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Map<String, Object>> records() {
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(
            line -> {
              try {
                return JSON.std.mapFrom(line);
              } catch (IOException e) {
                throw new UncheckedIOException(line, e);
              }
            })
        .toList();
  }
}
