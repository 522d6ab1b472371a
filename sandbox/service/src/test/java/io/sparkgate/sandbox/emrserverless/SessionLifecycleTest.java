package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.emrserverless.FakeDrivers.FakeDriver;
import io.sparkgate.sandbox.emrserverless.Plane.Reply;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionLifecycleTest {

  private final Plane plane = Plane.withApplication();

  @AfterEach
  void close() {
    plane.close();
  }

  @Test
  void followsItsDriver() {
    String id = plane.start("t", ", 'name': 'mine', 'tags': {'owner': 'alice'}").sessionId();
    FakeDriver driver = plane.driver(id);
    plane.clock.pass(Duration.ofSeconds(3));
    driver.tells.ready(15002, "http://127.0.0.1:4040");
    assertThat(plane.state(id)).isEqualTo("STARTED");
    driver.tells.idle(plane.clock.instant());
    assertThat(plane.state(id)).isEqualTo("IDLE");
    plane.clock.pass(Duration.ofSeconds(7));
    driver.tells.busy();
    assertThat(plane.state(id)).isEqualTo("BUSY");
    plane.clock.pass(Duration.ofSeconds(10));
    driver.tells.idle(plane.clock.instant().minusSeconds(2));

    JsonNode session = plane.session(id);
    assertThat(session)
        .isEqualTo(
            Plane.json(
                """
                {'applicationId': '00app', 'sessionId': '%1$s',
                 'arn': 'arn:aws:emr-serverless:us-east-1:111122223333:/applications/00app/sessions/%1$s',
                 'state': 'IDLE', 'stateDetails': 'No operation is running.',
                 'releaseLabel': 'emr-7.13.0', 'executionRoleArn': '%2$s', 'createdBy': '%3$s',
                 'createdAt': 1767323045.000, 'updatedAt': 1767323065.000, 'name': 'mine',
                 'idleTimeoutMinutes': 60, 'tags': {'owner': 'alice'},
                 'startedAt': 1767323048.000, 'idleSince': 1767323063.000,
                 'totalExecutionDurationSeconds': 17,
                 'totalResourceUtilization':
                   {'vCPUHour': 0.038, 'memoryGBHour': 0.151, 'storageGBHour': 0.189},
                 'billedResourceUtilization':
                   {'vCPUHour': 0.133, 'memoryGBHour': 0.533, 'storageGBHour': 0.0}}
                """
                    .formatted(id, Plane.ROLE, RecordingAccess.ALICE)));
  }

  @Test
  void isIdleWhileIdleOnlyAndNotBeforeItStarted() {
    String id = plane.up("t");
    FakeDriver driver = plane.driver(id);
    driver.tells.idle(MovableClock.START.minusSeconds(60));
    assertThat(idleSince(id)).isEqualTo(MovableClock.START);
    driver.tells.busy();
    assertThat(plane.session(id).has("idleSince")).isFalse();
    plane.clock.pass(Duration.ofMinutes(1));
    driver.tells.idle(plane.clock.instant());
    plane.clock.pass(Duration.ofMinutes(1));
    driver.tells.idle(plane.clock.instant());
    assertThat(idleSince(id)).as("after a short operation").isEqualTo(plane.clock.instant());
    assertThat(plane.told.stream().filter(move -> move.contains("->IDLE"))).hasSize(2);
  }

  private Instant idleSince(String id) {
    return Plane.instant(plane.session(id).path("idleSince"));
  }

  @Test
  void terminatesWhenAskedAndStaysSo() {
    String id = plane.up("t");
    FakeDriver driver = plane.driver(id);
    driver.tells.idle(plane.clock.instant());
    Reply reply = plane.delete(Plane.SESSIONS + "/" + id);
    assertThat(reply.body())
        .isEqualTo(Plane.json("{'applicationId': '00app', 'sessionId': '%s'}".formatted(id)));
    assertThat(driver.stopped).isTrue();
    driver.tells.busy();
    driver.tells.idle(plane.clock.instant());
    driver.tells.ready(1, "http://127.0.0.1:1");
    assertThat(plane.state(id)).isEqualTo("TERMINATING");
    assertThat(plane.session(id).has("idleSince")).isFalse();

    plane.clock.pass(Duration.ofSeconds(2));
    driver.tells.ended("exit 0");
    driver.tells.busy();
    JsonNode session = plane.session(id);
    assertThat(session.path("state").asText()).isEqualTo("TERMINATED");
    assertThat(session.path("stateDetails").asText())
        .isEqualTo("Terminated by " + RecordingAccess.ALICE + ".");
    assertThat(Plane.instant(session.path("endedAt"))).isEqualTo(plane.clock.instant());
    assertThat(plane.delete(Plane.SESSIONS + "/" + id).status()).as("again").isEqualTo(200);
    assertThat(plane.state(id)).isEqualTo("TERMINATED");
    assertThat(plane.told)
        .endsWith(
            "STARTED->IDLE: No operation is running.",
            "IDLE->TERMINATING: Terminated by " + RecordingAccess.ALICE + ".",
            "TERMINATING->TERMINATED: exit 0");
  }

  @Test
  void terminatesBeforeItIsUp() {
    String id = plane.start("t", "").sessionId();
    plane.delete(Plane.SESSIONS + "/" + id);
    assertThat(plane.state(id)).isEqualTo("TERMINATING");
    plane.driver(id).tells.ready(1, "http://127.0.0.1:1");
    plane.driver(id).tells.ended("killed");
    assertThat(plane.state(id)).isEqualTo("TERMINATED");
    assertThat(plane.session(id).has("startedAt")).isFalse();
  }

  @Test
  void failsWithItsDriversReason() {
    String id = plane.up("t");
    plane.driver(id).tells.ended("java.lang.OutOfMemoryError: ".repeat(100));
    JsonNode session = plane.session(id);
    assertThat(session.path("state").asText()).isEqualTo("FAILED");
    assertThat(session.path("stateDetails").asText())
        .startsWith("java.lang.OutOfMemoryError")
        .hasSize(1024);
    String blank = plane.up("t2");
    plane.driver(blank).tells.ended(" ");
    assertThat(plane.session(blank).path("stateDetails").asText()).isEqualTo("No details.");
  }

  @Test
  void showsTheSparkUiWhileThereIsOne() {
    String id = plane.start("t", "").sessionId();
    String path = "/applications/00app/dashboard?resourceType=SESSION&resourceId=" + id;
    assertThat(plane.get(path).body()).isEmpty();
    plane.driver(id).tells.ready(15002, "http://127.0.0.1:4040");
    assertThat(plane.get(path).body()).isEqualTo(Plane.json("{'url': 'http://127.0.0.1:4040'}"));
    plane.driver(id).tells.ended("over");
    assertThat(plane.get(path).body()).isEmpty();
    assertThat(plane.get(path + "x").type()).isEqualTo("ResourceNotFoundException");
  }

  @Test
  void showsTheHistoryOfASessionThatIsOver() {
    plane.drivers.keep("http://127.0.0.1:18080/history/s/");
    String id = plane.up("t");
    String path = "/applications/00app/dashboard?resourceType=SESSION&resourceId=" + id;
    assertThat(plane.get(path).body().path("url").asText()).doesNotContain("history");
    plane.delete("/applications/00app/sessions/" + id);
    assertThat(plane.session(id).path("state").asText()).isEqualTo("TERMINATING");
    assertThat(plane.get(path).body()).isEmpty();
    plane.driver(id).tells.ended("over");
    assertThat(plane.get(path).body())
        .isEqualTo(Plane.json("{'url': 'http://127.0.0.1:18080/history/s/'}"));
  }

  @Test
  void isKnownInItsApplicationOnly() {
    String id = plane.up("t");
    plane.control.createApplication(
        "00other", Plane.json("{'releaseLabel': 'emr-7.13.0', 'type': 'SPARK'}"));
    Reply reply = plane.get("/applications/00other/sessions/" + id);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.message()).isEqualTo("Session " + id + " does not exist.");
  }

  @Test
  void endsWithTheControlPlane() {
    String id = plane.up("t");
    plane.close();
    assertThat(plane.driver(id).stopped).isTrue();
    assertThat(plane.told.get(plane.told.size() - 1))
        .isEqualTo("STARTED->TERMINATING: The sandbox is closing.");
  }
}
