package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.emrserverless.Plane.Reply;
import io.sparkgate.sandbox.iam.Action;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobRunsTest {

  private static final String RUNS = Plane.RUNS;
  private static final String STOP = "/applications/00app/stop";

  private final Plane plane = Plane.withApplication();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void startsTheApplicationAndRunsToItsEnd() {
    Reply reply = plane.submit("t", ", 'name': 'nightly'");
    String id = reply.body().path("jobRunId").asText();
    assertThat(reply.body().path("arn").asText())
        .isEqualTo(
            "arn:aws:emr-serverless:us-east-1:111122223333:/applications/00app/jobruns/" + id);
    assertThat(plane.applicationState()).isEqualTo("STARTED");
    assertThat(plane.jobState(id)).isEqualTo("SCHEDULED");
    plane.jobs.last().tells.running();
    JsonNode running = plane.jobRun(id);
    assertThat(running.path("state").asText()).isEqualTo("RUNNING");
    assertThat(running.path("name").asText()).isEqualTo("nightly");
    assertThat(running.at("/jobDriver/sparkSubmit/entryPoint").asText()).isEqualTo("s3://b/x.py");
    assertThat(running.path("createdBy").asText()).isEqualTo(RecordingAccess.ALICE);
    assertThat(running.path("executionRole").asText()).isEqualTo(Plane.ROLE);
    plane.pass(Duration.ofHours(1));
    assertThat(plane.applicationState()).isEqualTo("STARTED");
    plane.jobs.last().tells.succeeded();
    assertThat(plane.jobState(id)).isEqualTo("SUCCESS");
    assertThat(plane.told)
        .containsSubsequence(
            "1: ->SUBMITTED: Job run is submitted.",
            "1: SUBMITTED->PENDING: Job run is pending.",
            "1: PENDING->SCHEDULED: Starting a driver: none is pre-initialized.",
            "1: SCHEDULED->RUNNING: Job run is running.",
            "1: RUNNING->SUCCESS: Job run has succeeded.");
    plane.pass(Duration.ofMinutes(15));
    assertThat(plane.applicationState()).isEqualTo("STOPPED");
  }

  @Test
  void isCancelledWhenItsDriverHasEnded() {
    String id = plane.submitted("t", "");
    plane.jobs.last().tells.running();
    assertThat(plane.delete(RUNS + "/" + id).body().path("jobRunId").asText()).isEqualTo(id);
    assertThat(plane.jobs.last().grace).contains(Duration.ZERO);
    plane.pass(Duration.ofSeconds(30));
    assertThat(plane.jobState(id)).isEqualTo("CANCELLING");
    assertThat(plane.delete(RUNS + "/" + id).status()).isEqualTo(200);
    plane.jobs.last().tells.failed("It was killed.");
    plane.pass(Duration.ZERO);
    assertThat(plane.jobState(id)).isEqualTo("CANCELLED");
    assertThat(plane.jobRun(id).path("stateDetails").asText()).contains(RecordingAccess.ALICE);
    assertThat(plane.delete(RUNS + "/" + id).status()).isEqualTo(200);
  }

  @Test
  void endsInItsGraceWhichStreamingRunsHaveByThemselves() {
    String batch = plane.submitted("a", "");
    plane.delete(RUNS + "/" + batch + "?shutdownGracePeriodInSeconds=15");
    assertThat(plane.jobs.last().grace).contains(Duration.ofSeconds(15));
    String streaming = plane.submitted("b", ", 'mode': 'STREAMING'");
    assertThat(plane.delete(RUNS + "/" + streaming + "?shutdownGracePeriodInSeconds=14").message())
        .isEqualTo("shutdownGracePeriodInSeconds is 14; it may be 0, or from 15 to 1800.");
    plane.delete(RUNS + "/" + streaming);
    assertThat(plane.jobs.last().grace).contains(Duration.ofMinutes(2));
  }

  @Test
  void isInTheWayOfAStopUntilItIsCancelled() {
    String id = plane.submitted("t", "");
    String refusal =
        "Application 00app has 1 active job runs. Cancel them and wait before stopping it.";
    assertThat(plane.post(STOP, "").message()).isEqualTo(refusal);
    plane.delete(RUNS + "/" + id);
    plane.jobs.last().tells.failed("It was killed.");
    assertThat(plane.post(STOP, "").message()).isEqualTo(refusal);
    plane.pass(Duration.ofSeconds(1));
    assertThat(plane.post(STOP, "").status()).isEqualTo(200);
  }

  @Test
  void startsOncePerClientToken() {
    String id = plane.submitted("t", "");
    assertThat(plane.submitted("t", "")).isEqualTo(id);
    assertThat(plane.submit("t", ", 'name': 'other'").type()).isEqualTo("ConflictException");
  }

  @Test
  void listsNewerOnesFirstPageByPageAndByState() {
    String a = plane.submitted("a", "");
    String b = plane.submitted("b", "");
    String c = plane.submitted("c", ", 'mode': 'STREAMING'");
    plane.delete(RUNS + "/" + b);
    JsonNode first = plane.get(RUNS + "?maxResults=2").body();
    assertThat(first.path("jobRuns").findValuesAsText("id")).containsExactly(c, b);
    assertThat(
            plane
                .get(RUNS + "?maxResults=2&nextToken=" + first.get("nextToken").asText())
                .body()
                .findValuesAsText("id"))
        .containsExactly(a);
    assertThat(plane.get(RUNS + "?states=CANCELLING&states=QUEUED").body().findValuesAsText("id"))
        .containsExactly(b);
    assertThat(plane.get(RUNS + "?mode=BATCH").body().findValuesAsText("id")).containsExactly(b, a);
  }

  @Test
  void refusesWhatTheModelDoes() {
    assertThat(plane.post(RUNS, "{'clientToken': 't'}").message())
        .contains("'executionRoleArn'")
        .contains("must not be null");
    assertThat(plane.submit("t", ", 'mode': 'NOW'").message()).contains("'NOW' at 'mode'");
    assertThat(plane.get(RUNS + "?states=ACTIVE").message()).contains("'ACTIVE' at 'states");
    assertThat(plane.get(RUNS + "/00none").type()).isEqualTo("ResourceNotFoundException");
    assertThat(plane.get(RUNS + "/00none").message()).isEqualTo("Job run 00none does not exist.");
  }

  @Test
  void asksOnTheApplicationForListsAndOnTheJobRunForTheRest() {
    String id = plane.submitted("t", ", 'tags': {'team': 'data'}");
    String application = "arn:aws:emr-serverless:us-east-1:111122223333:/applications/00app";
    assertThat(plane.access.asked)
        .extracting(Action::name)
        .containsExactly(
            "emr-serverless:StartJobRun", "emr-serverless:TagResource", "iam:PassRole");
    plane.access.asked.clear();
    plane.get(RUNS);
    plane.delete(RUNS + "/" + id);
    assertThat(plane.access.asked)
        .isEqualTo(
            List.of(
                Action.on("emr-serverless:ListJobRuns", application, Map.of()),
                Action.on(
                    "emr-serverless:CancelJobRun",
                    application + "/jobruns/" + id,
                    Map.of("team", "data"))));
    plane.access.asked.clear();
    plane.get(RUNS + "/" + id + "/attempts");
    plane.get(RUNS + "/" + id + "/dashboard?accessSystemProfileLogs=true");
    assertThat(plane.access.asked)
        .extracting(action -> action.name() + " " + action.resource())
        .containsExactly(
            "emr-serverless:ListJobRunAttempts " + application + "/jobruns/" + id,
            "emr-serverless:GetDashboardForJobRun " + application + "/jobruns/" + id,
            "emr-serverless:AccessSystemProfileLogs " + application + "/jobruns/" + id);
    plane.access.deny("emr-serverless:CancelJobRun");
    assertThat(plane.delete(RUNS + "/" + id).status()).isEqualTo(403);
    String tags = "/tags/" + application + "/jobruns/" + id;
    assertThat(plane.get(tags).body().at("/tags/team").asText()).isEqualTo("data");
  }
}
