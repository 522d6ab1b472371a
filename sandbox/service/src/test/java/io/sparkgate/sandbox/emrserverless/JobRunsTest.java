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

  private static final String RUNS = "/applications/00app/jobruns";
  private static final String STOP = "/applications/00app/stop";

  private final Plane plane = Plane.withApplication();

  @AfterEach
  void close() {
    plane.close();
  }

  private Reply run(String token, String members) {
    return plane.post(
        RUNS,
        "{'clientToken': '%s', 'executionRoleArn': '%s' %s}".formatted(token, Plane.ROLE, members));
  }

  private String running(String token, String members) {
    Reply reply = run(token, members);
    assertThat(reply.status()).as(reply.message()).isEqualTo(200);
    return reply.body().path("jobRunId").asText();
  }

  private JsonNode shown(String id) {
    return plane.get(RUNS + "/" + id).body().path("jobRun");
  }

  private String state(String id) {
    return shown(id).path("state").asText();
  }

  @Test
  void startsTheApplicationAndRunsUntilItIsCancelled() {
    Reply reply =
        run("t", ", 'name': 'nightly', 'jobDriver': {'sparkSubmit': {'entryPoint': 's3://b/x'}}");
    String id = reply.body().path("jobRunId").asText();
    assertThat(reply.body().path("arn").asText())
        .isEqualTo(
            "arn:aws:emr-serverless:us-east-1:111122223333:/applications/00app/jobruns/" + id);
    assertThat(plane.applicationState()).isEqualTo("STARTED");
    plane.pass(Duration.ofHours(30));
    assertThat(plane.applicationState()).isEqualTo("STARTED");
    assertThat(state(id)).isEqualTo("RUNNING");
    assertThat(shown(id).path("stateDetails").asText()).contains("until it is cancelled");
    assertThat(shown(id).path("name").asText()).isEqualTo("nightly");
    assertThat(shown(id).at("/jobDriver/sparkSubmit/entryPoint").asText()).isEqualTo("s3://b/x");
    assertThat(shown(id).path("createdBy").asText()).isEqualTo(RecordingAccess.ALICE);

    assertThat(plane.delete(RUNS + "/" + id).body().path("jobRunId").asText()).isEqualTo(id);
    assertThat(state(id)).isEqualTo("CANCELLING");
    assertThat(plane.delete(RUNS + "/" + id).status()).isEqualTo(200);
    plane.pass(Duration.ofSeconds(1));
    assertThat(state(id)).isEqualTo("CANCELLED");
    assertThat(shown(id).path("stateDetails").asText()).contains(RecordingAccess.ALICE);
    plane.pass(Duration.ofMinutes(15));
    assertThat(plane.applicationState()).isEqualTo("STOPPED");
  }

  @Test
  void isInTheWayOfAStopUntilItIsCancelled() {
    String id = running("t", "");
    String refusal =
        "Application 00app has 1 active job runs. Cancel them and wait before stopping it.";
    assertThat(plane.post(STOP, "").message()).isEqualTo(refusal);
    plane.delete(RUNS + "/" + id + "?shutdownGracePeriodInSeconds=15");
    assertThat(plane.post(STOP, "").message()).isEqualTo(refusal);
    plane.pass(Duration.ofSeconds(1));
    assertThat(plane.post(STOP, "").status()).isEqualTo(200);
  }

  @Test
  void startsOncePerClientToken() {
    String id = running("t", "");
    assertThat(running("t", "")).isEqualTo(id);
    assertThat(run("t", ", 'name': 'other'").type()).isEqualTo("ConflictException");
  }

  @Test
  void listsNewerOnesFirstPageByPageAndByState() {
    String a = running("a", "");
    String b = running("b", "");
    String c = running("c", ", 'mode': 'STREAMING'");
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
    assertThat(run("t", ", 'mode': 'NOW'").message()).contains("'NOW' at 'mode'");
    assertThat(plane.get(RUNS + "?states=ACTIVE").message()).contains("'ACTIVE' at 'states");
    assertThat(plane.get(RUNS + "/00none").type()).isEqualTo("ResourceNotFoundException");
    assertThat(plane.get(RUNS + "/00none").message()).isEqualTo("Job run 00none does not exist.");
  }

  @Test
  void asksOnTheApplicationForListsAndOnTheJobRunForTheRest() {
    String id = running("t", ", 'tags': {'team': 'data'}");
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
    plane.access.deny("emr-serverless:CancelJobRun");
    assertThat(plane.delete(RUNS + "/" + id).status()).isEqualTo(403);
    String tags = "/tags/" + application + "/jobruns/" + id;
    assertThat(plane.get(tags).body().at("/tags/team").asText()).isEqualTo("data");
  }
}
