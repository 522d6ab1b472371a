package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobQueueTest {

  private static Plane withQueue(String scheduler) {
    return Plane.withApplication("'schedulerConfiguration': {%s},".formatted(scheduler));
  }

  @Test
  void waitsForOthersWhereTheApplicationSaysHowManyRunAtATime() {
    try (Plane plane = withQueue("'maxConcurrentRuns': 1")) {
      String first = plane.submitted("a", "");
      String second = plane.submitted("b", "");
      String third = plane.submitted("c", "");
      assertThat(plane.jobState(first)).isEqualTo("SCHEDULED");
      assertThat(plane.jobState(second)).isEqualTo("QUEUED");
      plane.pass(Duration.ofMinutes(5));
      plane.jobs.last().tells.running();
      plane.jobs.last().tells.failed("no");
      assertThat(plane.jobState(second)).isEqualTo("SCHEDULED");
      assertThat(plane.jobState(third)).isEqualTo("QUEUED");
      assertThat(plane.jobRun(second).path("queuedDurationMilliseconds").asLong())
          .isEqualTo(300_000);
      assertThat(plane.jobRun(first).has("queuedDurationMilliseconds")).isFalse();
    }
  }

  @Test
  void isCancelledWhereItWaitsTooLong() {
    try (Plane plane = withQueue("'maxConcurrentRuns': 1, 'queueTimeoutMinutes': 15")) {
      plane.submitted("a", "");
      String waiting = plane.submitted("b", "");
      plane.pass(Duration.ofMinutes(15));
      assertThat(plane.jobState(waiting)).isEqualTo("CANCELLING");
      plane.pass(Duration.ofSeconds(1));
      assertThat(plane.jobState(waiting)).isEqualTo("CANCELLED");
      assertThat(plane.jobRun(waiting).path("stateDetails").asText())
          .isEqualTo("The job run was queued for 15 minutes.");
      assertThat(plane.jobs.started).hasSize(1);
    }
  }

  @Test
  void runsFifteenAtATimeWhereTheQueueSaysNoNumber() {
    try (Plane plane = withQueue("'queueTimeoutMinutes': 15")) {
      for (int i = 0; i < 15; i++) {
        plane.submitted("t" + i, "");
      }
      assertThat(plane.jobState(plane.submitted("last", ""))).isEqualTo("QUEUED");
      assertThat(plane.jobs.started).hasSize(15);
    }
  }

  @Test
  void sharesTheCapWithSessions() {
    try (Plane plane =
        Plane.withApplication("'maximumCapacity': {'cpu': '12 vCPU', 'memory': '64 GB'},")) {
      String session = plane.up("s");
      String run = plane.submitted("a", "");
      assertThat(plane.jobState(run)).isEqualTo("SCHEDULED");
      String tooMuch = plane.submitted("b", ", 'retryPolicy': {'maxAttempts': 2}");
      assertThat(plane.jobState(tooMuch)).isEqualTo("FAILED");
      assertThat(plane.jobRun(tooMuch).path("stateDetails").asText())
          .isEqualTo("Job failed as application has exceeded maximumCapacity settings.");
      assertThat(plane.told)
          .anyMatch(
              line ->
                  line.contains(
                      "It needs 8 vCPU, 32 GB memory, 40 GB disk to start, other sessions and job runs hold 8 vCPU"));
      assertThat(plane.state(plane.start("t", "").sessionId())).isEqualTo("FAILED");
      plane.delete(Plane.SESSIONS + "/" + session);
      plane.driver(session).tells.ended("over");
      assertThat(plane.jobState(plane.submitted("c", ""))).isEqualTo("SCHEDULED");
    }
  }

  @Test
  void failsWhereNoWorkerIsLargeEnough() {
    try (Plane plane = Plane.withApplication()) {
      String run =
          plane.submitted(
              "a",
              ", 'configurationOverrides': {'applicationConfiguration': [{'classification': 'spark-defaults', 'properties': {'spark.driver.cores': '17'}}]}");
      assertThat(plane.jobState(run)).isEqualTo("FAILED");
      assertThat(plane.jobRun(run).path("stateDetails").asText())
          .startsWith("No worker is large enough for a spark.driver of 17 cores");
    }
  }

  @Test
  void takesAPreInitializedDriverThatNoSessionHas() {
    try (Plane plane =
        Plane.withApplication(
            "'initialCapacity': {'DRIVER': {'workerCount': 2, 'workerConfiguration': {'cpu': '4 vCPU', 'memory': '16 GB'}}},")) {
      plane.up("s");
      String run = plane.submitted("a", "");
      assertThat(plane.jobRun(run).path("stateDetails").asText())
          .isEqualTo("Starting on pre-initialized driver 2 of 2.");
    }
  }

  @Test
  void endsWithTheSandbox() {
    Plane plane = Plane.withApplication();
    plane.submitted("a", "");
    plane.close();
    assertThat(plane.jobs.last().grace).contains(Duration.ZERO);
  }
}
