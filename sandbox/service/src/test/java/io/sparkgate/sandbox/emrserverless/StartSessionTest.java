package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.emrserverless.Plane.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartSessionTest {

  private static final String CONF =
      ", 'configurationOverrides': {'runtimeConfiguration': [{'classification':"
          + " 'spark-defaults', 'properties': {%s}}]}";
  private static final String OFF = "'autoStartConfiguration': {'enabled': false},";

  @Test
  void startsADriverAndTheApplication() {
    try (Plane plane = Plane.withApplication()) {
      Reply reply = plane.start("t", ", 'name': 'mine'");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.sessionId()).matches("00[0-9a-z]{14}");
      assertThat(reply.body().path("arn").asText())
          .isEqualTo(
              "arn:aws:emr-serverless:us-east-1:111122223333:/applications/00app/sessions/"
                  + reply.sessionId());
      assertThat(plane.state(reply.sessionId())).isEqualTo("STARTING");
      assertThat(plane.driver(reply.sessionId()).conf).isEmpty();
      assertThat(plane.told)
          .endsWith(
              "analysts: CREATED->STARTING",
              "analysts: STARTING->STARTED",
              "->SUBMITTED: Session is submitted.",
              "SUBMITTED->STARTING: Starting a driver: none is pre-initialized.");
    }
  }

  @Test
  void needsAStartedApplicationWhereNothingStartsIt() {
    try (Plane plane = Plane.withApplication(OFF.replace('\'', '"'))) {
      Reply refused = plane.start("t", "");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.type()).isEqualTo("ConflictException");
      assertThat(refused.message()).contains("00app is CREATED").contains("Start it first");
      plane.post("/applications/00app/start", "");
      assertThat(plane.start("t", "").status()).isEqualTo(200);
    }
  }

  @Test
  void doesNotReviveADeletedApplication() {
    try (Plane plane = Plane.withApplication()) {
      plane.delete("/applications/00app");
      assertThat(plane.start("t", "").type()).isEqualTo("ConflictException");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "emr-7.12.9, SPARK, true,  'emr-7.13.0 or later'",
    "emr-7.9.0,  SPARK, true,  'emr-7.13.0 or later'",
    "preview,    SPARK, true,  'emr-7.13.0 or later'",
    "emr-7.13.0, HIVE,  true,  'sessions need SPARK'",
    "emr-7.13.0, SPARK, false, 'sessionEnabled is not true'",
  })
  void needsAnApplicationThatCanRunSessions(
      String release, String type, boolean enabled, String why) {
    try (Plane plane = Plane.withApplication()) {
      Reply refused = startOn(plane, release, type, enabled);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.type()).isEqualTo("ValidationException");
      assertThat(refused.message()).contains(why);
      assertThat(plane.drivers.count()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"emr-7.13.0", "emr-7.100.0", "emr-8.0.0", "emr-7.13.0-20260101"})
  void knowsLaterReleases(String release) {
    try (Plane plane = Plane.withApplication()) {
      assertThat(startOn(plane, release, "Spark", true).status()).isEqualTo(200);
    }
  }

  private static Reply startOn(Plane plane, String release, String type, boolean enabled) {
    String id =
        plane
            .post(
                "/applications",
                "{'clientToken': 'a', 'releaseLabel': '%s', 'type': '%s', 'interactiveConfiguration': {'sessionEnabled': %s}}"
                    .formatted(release, type, enabled))
            .body()
            .path("applicationId")
            .asText();
    return plane.post(
        "/applications/" + id + "/sessions",
        "{'clientToken': 't', 'executionRoleArn': '%s'}".formatted(Plane.ROLE));
  }

  @Test
  void answersARepeatedRequestAsBefore() {
    try (Plane plane = Plane.withApplication()) {
      Reply first = plane.start("t", ", 'name': 'a', 'idleTimeoutMinutes': 5");
      Reply again = plane.start("t", ", 'idleTimeoutMinutes': 5, 'name': 'a'");
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(plane.drivers.count()).isEqualTo(1);
      Reply different = plane.start("t", ", 'name': 'b'");
      assertThat(different.status()).isEqualTo(409);
      assertThat(different.type()).isEqualTo("ConflictException");
      assertThat(plane.start("t2", ", 'name': 'b'").sessionId()).isNotEqualTo(first.sessionId());
    }
  }

  @Test
  void keepsToTheQuotaOfLiveSessions() {
    try (Plane plane = Plane.withApplication()) {
      String first = plane.up("t0");
      for (int i = 1; i < 25; i++) {
        plane.up("t" + i);
      }
      Reply refused = plane.start("t25", "");
      assertThat(refused.status()).isEqualTo(402);
      assertThat(refused.type()).isEqualTo("ServiceQuotaExceededException");
      assertThat(refused.message()).contains("25 active sessions");
      assertThat(plane.start("t0", "").sessionId()).as("replayed").isEqualTo(first);
      plane.driver(first).tells.ended("crashed");
      assertThat(plane.start("t25", "").status()).isEqualTo(200);
    }
  }

  @Test
  void replacesTheApplicationsConfigurationByClassification() {
    String application =
        """
        "runtimeConfiguration": [
          {"classification": "spark-defaults",
           "properties": {"spark.a": "application", "spark.b": "application"}},
          {"classification": "core-site", "properties": {"x": "y"}}],
        """;
    try (Plane plane = Plane.withApplication(application)) {
      assertThat(plane.driver(plane.up("t1")).conf)
          .containsOnly(Map.entry("spark.a", "application"), Map.entry("spark.b", "application"));
      String own = plane.up("t2", CONF.formatted("'spark.a': 'session'"));
      assertThat(plane.driver(own).conf).containsOnly(Map.entry("spark.a", "session"));
      assertThat(plane.session(own).at("/configurationOverrides/runtimeConfiguration").size())
          .isEqualTo(1);
      assertThat(plane.driver(plane.up("t3", CONF.formatted(""))).conf).isEmpty();
    }
  }

  @Test
  void ignoresWhatASessionSaysOfCatalogsAndKeepsTheApplications() {
    String application =
        """
        "runtimeConfiguration": [
          {"classification": "spark-defaults",
           "properties": {"spark.a": "application", "spark.sql.catalog.lake.type": "glue"}}],
        """;
    try (Plane plane = Plane.withApplication(application)) {
      String own =
          plane.up(
              "t1",
              CONF.formatted(
                  "'spark.a': 'session', 'spark.sql.extensions': 'mine', 'spark.sql.catalog.lake.type': 'hadoop'"));
      assertThat(plane.driver(own).conf)
          .containsOnly(
              Map.entry("spark.a", "session"), Map.entry("spark.sql.catalog.lake.type", "glue"));
    }
  }

  @Test
  void refusesTheReservedConfiguration() {
    try (Plane plane = Plane.withApplication()) {
      Reply refused =
          plane.start("t", CONF.formatted("'spark.connect.grpc.binding.address': '0.0.0.0'"));
      assertThat(refused.type()).isEqualTo("ValidationException");
      assertThat(refused.message())
          .contains("spark.connect.grpc.binding.address is reserved")
          .doesNotContain("0.0.0.0");
      assertThat(plane.drivers.count()).isZero();
    }
  }

  @Test
  void failsASessionWhoseDriverDoesNotStart() {
    try (Plane plane = Plane.withApplication()) {
      plane.drivers.fail("no memory");
      Reply reply = plane.start("t", "");
      assertThat(plane.state(reply.sessionId())).isEqualTo("FAILED");
      assertThat(plane.session(reply.sessionId()).path("stateDetails").asText())
          .isEqualTo("The driver did not start: no memory");
    }
  }

  @Test
  void failsASessionThatDoesNotFit() {
    try (Plane plane =
        Plane.withApplication("\"maximumCapacity\": {\"cpu\": \"2\", \"memory\": \"10\"},")) {
      String id = plane.start("t", "").sessionId();
      assertThat(plane.state(id)).isEqualTo("FAILED");
      assertThat(plane.session(id).path("stateDetails").asText()).isEqualTo("Session failed.");
      assertThat(plane.session(id).has("endedAt")).isTrue();
      assertThat(plane.session(id).has("startedAt")).isFalse();
      assertThat(plane.told.get(plane.told.size() - 1))
          .isEqualTo(
              "SUBMITTED->FAILED: It needs 8 vCPU, 32 GB memory, 40 GB disk to start, other"
                  + " sessions and job runs hold 0 vCPU, 0 GB memory, 0 GB disk, and maximumCapacity is 2 vCPU,"
                  + " 10 GB memory, any GB disk.");
    }
  }

  @Test
  void countsWhatOtherSessionsHold() {
    try (Plane plane =
        Plane.withApplication("\"maximumCapacity\": {\"cpu\": \"12\", \"memory\": \"48\"},")) {
      String first = plane.up("t1");
      plane.up("t2");
      assertThat(plane.state(plane.start("t3", "").sessionId())).isEqualTo("FAILED");
      plane.driver(first).tells.ended("over");
      assertThat(plane.state(plane.start("t4", "").sessionId())).isEqualTo("STARTING");
    }
  }

  @Test
  void takesWarmDriversWhileThereAreSome() {
    String pool =
        """
        "initialCapacity": {"Driver": {"workerCount": 1,
          "workerConfiguration": {"cpu": "4 vCPU", "memory": "16 GB", "disk": "20 GB"}}},
        """;
    try (Plane plane = Plane.withApplication(pool)) {
      String first = plane.start("t1", "").sessionId();
      assertThat(details(plane, first)).isEqualTo("Starting on pre-initialized driver 1 of 1.");
      assertThat(details(plane, plane.start("t2", "").sessionId()))
          .isEqualTo("Starting a driver: all 1 pre-initialized ones are in use.");
      plane.driver(first).tells.ended("over");
      String large = CONF.formatted("'spark.driver.memory': '15g'");
      assertThat(details(plane, plane.start("t3", large).sessionId()))
          .contains("the pre-initialized ones have 4 vCPU, 16 GB")
          .contains("it needs 4 vCPU, 17 GB");
      assertThat(details(plane, plane.start("t4", "").sessionId())).contains("1 of 1");
    }
  }

  private static String details(Plane plane, String session) {
    return plane.session(session).path("stateDetails").asText();
  }
}
