package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobAttemptsTest {

  private final Plane plane = Plane.withApplication();

  @AfterEach
  void close() {
    plane.close();
  }

  private void fails(String reason) {
    FakeJobs.Attempt attempt = plane.jobs.last();
    attempt.tells.running();
    attempt.tells.failed(reason);
  }

  @Test
  void failsAtOnceWithoutAPolicy() {
    String id = plane.submitted("t", "");
    fails("ValueError: no");
    assertThat(plane.jobState(id)).isEqualTo("FAILED");
    assertThat(plane.jobRun(id).path("stateDetails").asText()).isEqualTo("ValueError: no");
    assertThat(plane.jobs.started).hasSize(1);
    assertThat(plane.jobs.last().job.retried()).isFalse();
  }

  @Test
  void isTriedAsOftenAsItsPolicySaysAndEachTryIsThere() {
    String id = plane.submitted("t", ", 'retryPolicy': {'maxAttempts': 3}");
    plane.pass(Duration.ofSeconds(1));
    fails("first");
    assertThat(plane.jobState(id)).isEqualTo("SCHEDULED");
    fails("second");
    assertThat(plane.jobs.started).extracting(one -> one.job.attempt()).containsExactly(1, 2, 3);
    assertThat(plane.jobs.last().job.retried()).isTrue();
    fails("third");
    assertThat(plane.jobState(id)).isEqualTo("FAILED");
    JsonNode attempts = plane.get(Plane.RUNS + "/" + id + "/attempts?maxResults=2").body();
    assertThat(attempts.findValuesAsText("attempt")).containsExactly("1", "2");
    assertThat(attempts.findValuesAsText("stateDetails")).containsExactly("first", "second");
    assertThat(attempts.at("/jobRunAttempts/1/jobCreatedAt"))
        .isEqualTo(attempts.at("/jobRunAttempts/0/createdAt"))
        .isNotEqualTo(attempts.at("/jobRunAttempts/1/createdAt"));
    String second = "?attempt=2";
    assertThat(plane.get(Plane.RUNS + "/" + id + second).body().at("/jobRun/stateDetails").asText())
        .isEqualTo("second");
    assertThat(plane.get(Plane.RUNS + "/" + id + "?attempt=4").message())
        .isEqualTo("Attempt 4 of job run " + id + " does not exist.");
  }

  @Test
  void isASuccessIfOneTryIs() {
    String id = plane.submitted("t", ", 'retryPolicy': {'maxAttempts': 2}");
    fails("first");
    plane.jobs.last().tells.running();
    plane.jobs.last().tells.succeeded();
    assertThat(plane.jobState(id)).isEqualTo("SUCCESS");
    assertThat(plane.jobRun(id).path("attempt").asInt()).isEqualTo(2);
  }

  @Test
  void isNotTriedAgainOnceItIsCancelled() {
    String id = plane.submitted("t", ", 'retryPolicy': {'maxAttempts': 2}");
    plane.delete(Plane.RUNS + "/" + id);
    fails("killed");
    plane.pass(Duration.ofSeconds(1));
    assertThat(plane.jobState(id)).isEqualTo("CANCELLED");
    assertThat(plane.jobs.started).hasSize(1);
  }

  @Test
  void streamsUntilItFailsTooOftenInAnHour() {
    String id =
        plane.submitted(
            "t", ", 'mode': 'STREAMING', 'retryPolicy': {'maxFailedAttemptsPerHour': 2}");
    fails("first");
    plane.pass(Duration.ofMinutes(61));
    fails("second");
    assertThat(plane.jobState(id)).isEqualTo("SCHEDULED");
    fails("third");
    assertThat(plane.jobState(id)).isEqualTo("FAILED");
  }

  @Test
  void failsWhereNoDriverStarts() {
    plane.jobs.fail("no JDK");
    String id = plane.submitted("t", "");
    assertThat(plane.jobState(id)).isEqualTo("FAILED");
    assertThat(plane.jobRun(id).path("stateDetails").asText())
        .isEqualTo("The driver did not start: no JDK");
  }

  @Test
  void ranForNoTimeInATryWhoseDriverDidNotStart() {
    String id = plane.submitted("t", ", 'retryPolicy': {'maxAttempts': 2}");
    plane.jobs.fail("no JDK");
    fails("first");
    plane.pass(Duration.ofSeconds(10));
    assertThat(plane.jobRun(id).path("attempt").asInt()).isEqualTo(2);
    assertThat(plane.jobRun(id).get("totalExecutionDurationSeconds").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                | 720",
        "', ''executionTimeoutMinutes'': 5' | 5",
      })
  void isCancelledAfterItsTimeout(String members, int minutes) {
    String id = plane.submitted("t", members);
    plane.pass(Duration.ofHours(20));
    plane.jobs.last().tells.running();
    plane.pass(Duration.ofMinutes(minutes).minusSeconds(1));
    assertThat(plane.jobState(id)).isEqualTo("RUNNING");
    plane.pass(Duration.ofSeconds(1));
    assertThat(plane.jobState(id)).isEqualTo("CANCELLING");
    assertThat(plane.jobRun(id).path("stateDetails").asText())
        .isEqualTo("The job run reached its time-out of " + minutes + " minutes.");
  }

  @ParameterizedTest
  @CsvSource({"', ''executionTimeoutMinutes'': 0'", "', ''mode'': ''STREAMING'''"})
  void mayRunForEver(String members) {
    String id = plane.submitted("t", members);
    plane.jobs.last().tells.running();
    plane.pass(Duration.ofDays(30));
    assertThat(plane.jobState(id)).isEqualTo("RUNNING");
  }

  @Test
  void hasADashboardWhileItRunsAndOneOfItsHistory() {
    String id = plane.submitted("t", ", 'retryPolicy': {'maxAttempts': 2}");
    String dashboard = Plane.RUNS + "/" + id + "/dashboard";
    plane.jobs.last().tells.running();
    assertThat(plane.get(dashboard).body()).isEmpty();
    plane.jobs.last().tells.sparkUi("http://127.0.0.1:4040");
    assertThat(plane.get(dashboard).body().path("url").asText()).isEqualTo("http://127.0.0.1:4040");
    plane.jobs.last().tells.failed("first");
    assertThat(plane.get(dashboard).body()).isEmpty();
    assertThat(plane.get(dashboard + "?attempt=1").body().path("url").asText())
        .isEqualTo("http://history/" + id + "/1");
  }

  @Test
  void usesWhatItAskedForByTheClockAndPaysAMinuteAtLeast() {
    String id =
        plane.submitted(
            "t",
            """
            , 'configurationOverrides': {'applicationConfiguration': [{'classification':
              'spark-defaults', 'properties': {'spark.executor.cores': '1',
              'spark.executor.memory': '1g', 'spark.emr-serverless.driver.disk': '30G'}}]}
            """);
    assertThat(plane.jobRun(id).has("totalResourceUtilization")).isFalse();
    plane.jobs.last().tells.running();
    plane.pass(Duration.ofSeconds(36));
    plane.jobs.last().tells.succeeded();
    plane.pass(Duration.ofHours(1));
    JsonNode run = plane.jobRun(id);
    assertThat(run.path("totalExecutionDurationSeconds").asInt()).isEqualTo(36);
    assertThat(run.path("totalResourceUtilization"))
        .hasToString("{\"vCPUHour\":0.05,\"memoryGBHour\":0.18,\"storageGBHour\":0.5}");
    assertThat(run.path("billedResourceUtilization"))
        .hasToString("{\"vCPUHour\":0.083,\"memoryGBHour\":0.3,\"storageGBHour\":0.167}");
  }
}
