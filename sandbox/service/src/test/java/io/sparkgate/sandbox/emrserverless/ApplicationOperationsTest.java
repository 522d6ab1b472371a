package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.emrserverless.Plane.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationOperationsTest {

  private static final String CREATE =
      "{'clientToken': 't1', 'releaseLabel': 'emr-7.13.0', 'type': 'SPARK', 'name': 'a',"
          + " 'tags': {'team': 'data'}}";
  private static final String MINE = "/applications/00app";

  private final Plane plane = Plane.withApplication();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void createsAndShows() {
    Reply created = plane.post("/applications", CREATE);
    String id = created.body().path("applicationId").asText();
    assertThat(id).matches("00[0-9a-z]{14}");
    assertThat(created.body().path("arn").asText())
        .isEqualTo("arn:aws:emr-serverless:us-east-1:111122223333:/applications/" + id);
    JsonNode shown = plane.get("/applications/" + id).body().path("application");
    assertThat(shown)
        .isEqualTo(
            Plane.json(
                """
                {'arn': '%s', 'state': 'CREATED', 'createdAt': 1767323045.000,
                 'updatedAt': 1767323045.000, 'applicationId': '%s', 'releaseLabel': 'emr-7.13.0',
                 'type': 'SPARK', 'name': 'a', 'architecture': 'X86_64', 'tags': {'team': 'data'},
                 'autoStartConfiguration': {'enabled': true},
                 'autoStopConfiguration': {'enabled': true, 'idleTimeoutMinutes': 15}}
                """
                    .formatted(created.body().path("arn").asText(), id)));
  }

  @Test
  void createsOncePerClientToken() {
    Reply first = plane.post("/applications", CREATE);
    assertThat(plane.post("/applications", CREATE).body()).isEqualTo(first.body());
    Reply other = plane.post("/applications", CREATE.replace("'data'", "'sales'"));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.type()).isEqualTo("ConflictException");
    assertThat(other.message()).contains("t1").contains("different parameters");
  }

  @Test
  void keepsTheIdOfABlueprint() {
    assertThat(plane.get(MINE).body().at("/application/applicationId").asText()).isEqualTo("00app");
    assertThatThrownBy(() -> plane.control.createApplication("00b", Plane.json("{}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("00b")
        .hasMessageContaining("releaseLabel");
    assertThatThrownBy(() -> plane.application("")).hasMessageContaining("exists already");
  }

  @Test
  void listsPageByPageAndByState() {
    for (int i = 0; i < 4; i++) {
      plane.post("/applications", CREATE.replace("t1", "n" + i).replace("'a'", "'n" + i + "'"));
    }
    plane.post(MINE + "/start", "");
    Reply first = plane.get("/applications?maxResults=3");
    assertThat(first.body().path("applications").findValuesAsText("name"))
        .containsExactly("analysts", "n0", "n1");
    assertThat(first.body().at("/applications/0/id").asText()).isEqualTo("00app");
    Reply second =
        plane.get("/applications?maxResults=3&nextToken=" + first.body().get("nextToken").asText());
    assertThat(second.body().path("applications").findValuesAsText("name"))
        .containsExactly("n2", "n3");
    assertThat(second.body().has("nextToken")).isFalse();
    assertThat(plane.get("/applications?states=STARTED").body().findValuesAsText("name"))
        .containsExactly("analysts");
  }

  @Test
  void startsAndStops() {
    assertThat(plane.post(MINE + "/start", "").body()).isEmpty();
    assertThat(plane.applicationState()).isEqualTo("STARTED");
    assertThat(plane.post(MINE + "/start", "").status()).isEqualTo(200);
    assertThat(plane.post(MINE + "/stop", "{}").body()).isEmpty();
    assertThat(plane.applicationState()).isEqualTo("STOPPED");
    Reply again = plane.post(MINE + "/stop", "");
    assertThat(again.type()).isEqualTo("ValidationException");
    assertThat(again.message())
        .isEqualTo(
            "Applications must be in one of the following statuses: [STARTING, STARTED]."
                + " Current status: STOPPED");
    assertThat(plane.told)
        .containsExactly(
            "analysts: ->CREATING",
            "analysts: CREATING->CREATED",
            "analysts: CREATED->STARTING",
            "analysts: STARTING->STARTED",
            "analysts: STARTED->STOPPING",
            "analysts: STOPPING->STOPPED");
  }

  @Test
  void doesNotStopWithLiveSessions() {
    String session = plane.up("s1");
    Reply refused = plane.post(MINE + "/stop", "");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message()).contains("1 active sessions");
    plane.driver(session).tells.ended("gone");
    assertThat(plane.post(MINE + "/stop", "").status()).isEqualTo(200);
  }

  @Test
  void updatesAtRest() {
    String change = "{\"clientToken\": \"u\", \"autoStopConfiguration\": {\"enabled\": false}}";
    JsonNode updated = plane.call("PATCH", MINE, change).body().path("application");
    assertThat(updated.path("autoStopConfiguration"))
        .isEqualTo(Plane.json("{'enabled': false, 'idleTimeoutMinutes': 15}"));
    assertThat(updated.path("name").asText()).isEqualTo("analysts");
    assertThat(updated.path("interactiveConfiguration").path("sessionEnabled").asBoolean())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'autoStopConfiguration': {'enabled': false}",
        "'schedulerConfiguration': {'maxConcurrentRuns': 5, 'queueTimeoutMinutes': 20}",
        "'maximumCapacity': {'cpu': '4', 'memory': '16'}, 'architecture': 'ARM64'",
      })
  void refusesMostUpdatesWhileStarted(String change) {
    plane.post(MINE + "/start", "");
    Reply refused =
        plane.call("PATCH", MINE, ("{'clientToken': 'u', " + change + "}").replace('\'', '"'));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.type()).isEqualTo("ValidationException");
    assertThat(refused.message())
        .contains(
            "must be in one of the statuses to be updated: [STOPPED, CREATED]."
                + " Current status: STARTED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'schedulerConfiguration': {'maxConcurrentRuns': 5}",
        "'maximumCapacity': {'cpu': '4 vCPU', 'memory': '16 GB'}",
        "'workerTypeSpecifications': {'Driver': {'imageConfiguration': {'imageUri':"
            + " '111122223333.dkr.ecr.us-east-1.amazonaws.com/spark:1'}}}",
      })
  void allowsSomeUpdatesWhileStarted(String change) {
    plane.post(MINE + "/start", "");
    Reply updated =
        plane.call("PATCH", MINE, ("{'clientToken': 'u', " + change + "}").replace('\'', '"'));
    assertThat(updated.status()).as(updated.message()).isEqualTo(200);
  }

  @Test
  void deletesAtRestOnly() {
    plane.post(MINE + "/start", "");
    Reply refused = plane.delete(MINE);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.message())
        .isEqualTo(
            "Application 00app must be in of the following statuses [CREATED, STOPPED]."
                + " Current status: STARTED");
    plane.post(MINE + "/stop", "");
    assertThat(plane.delete(MINE).status()).isEqualTo(200);
    assertThat(plane.applicationState()).isEqualTo("TERMINATED");
    assertThat(plane.post(MINE + "/start", "").message()).endsWith("Current status: TERMINATED");
  }

  @Test
  void refusesAnInteractiveApplicationWithoutLogs() {
    String silent =
        "'monitoringConfiguration': {'managedPersistenceMonitoringConfiguration':"
            + " {'enabled': false}}";
    Reply refused =
        plane.post(
            "/applications",
            CREATE.replace(
                "'tags'",
                "'interactiveConfiguration': {'studioEnabled': true}, " + silent + ", 'tags'"));
    assertThat(refused.message())
        .isEqualTo("Either S3 Logging or Managed Debugging must be enabled");
    Reply updated =
        plane.call("PATCH", MINE, ("{'clientToken': 'u', " + silent + "}").replace('\'', '"'));
    assertThat(updated.message()).startsWith("Either S3 Logging");
    assertThat(plane.get(MINE).body().path("application").has("monitoringConfiguration")).isFalse();
  }

  @Test
  void knowsNoOtherApplication() {
    for (Reply reply :
        new Reply[] {
          plane.get("/applications/00none"),
          plane.post("/applications/00none/start", ""),
          plane.get("/applications/00none/sessions"),
          plane.delete("/applications/00none")
        }) {
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.type()).isEqualTo("ResourceNotFoundException");
      assertThat(reply.message()).isEqualTo("Application 00none does not exist.");
    }
  }
}
