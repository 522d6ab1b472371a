package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimersTest {

  private static final Duration MOMENT = Duration.ofMillis(1);

  private static String idle(Plane plane, String members) {
    String id = plane.up("t", members);
    plane.driver(id).tells.idle(plane.clock.instant());
    return id;
  }

  @Test
  void endAnIdleSessionAfterAnHour() {
    try (Plane plane = Plane.withApplication()) {
      String id = idle(plane, "");
      plane.pass(Duration.ofMinutes(60).minus(MOMENT));
      assertThat(plane.state(id)).isEqualTo("IDLE");
      plane.pass(MOMENT);
      assertThat(plane.state(id)).isEqualTo("TERMINATING");
      assertThat(plane.driver(id).stopped).isTrue();
      plane.driver(id).tells.ended("exit 0");
      assertThat(plane.session(id).path("stateDetails").asText())
          .isEqualTo("The session was idle for 60 minutes.");
    }
  }

  @Test
  void goByTheSessionsOwnTimeout() {
    try (Plane plane = Plane.withApplication()) {
      String id = idle(plane, ", 'idleTimeoutMinutes': 2");
      plane.pass(Duration.ofMinutes(1));
      plane.driver(id).tells.idle(plane.clock.instant());
      plane.pass(Duration.ofMinutes(1));
      assertThat(plane.state(id)).as("was used").isEqualTo("IDLE");
      plane.pass(Duration.ofMinutes(1));
      assertThat(plane.state(id)).isEqualTo("TERMINATING");
    }
  }

  @Test
  void endNeitherBusyNorUnusedSessionsForIdling() {
    try (Plane plane = Plane.withApplication()) {
      String busy = plane.up("busy");
      plane.driver(busy).tells.idle(plane.clock.instant());
      plane.driver(busy).tells.busy();
      String unused = plane.up("unused");
      plane.pass(Duration.ofHours(23));
      assertThat(plane.state(busy)).isEqualTo("BUSY");
      assertThat(plane.state(unused)).isEqualTo("STARTED");
    }
  }

  @Test
  void takeZeroForNever() {
    try (Plane plane = Plane.withApplication()) {
      String id = idle(plane, ", 'idleTimeoutMinutes': 0");
      plane.pass(Duration.ofHours(23));
      assertThat(plane.state(id)).isEqualTo("IDLE");
    }
  }

  @Test
  void endEverySessionAfterADay() {
    try (Plane plane = Plane.withApplication()) {
      String busy = plane.up("busy");
      plane.driver(busy).tells.busy();
      String stuck = plane.start("stuck", "").sessionId();
      plane.pass(Duration.ofHours(24).minus(MOMENT));
      assertThat(plane.state(busy)).isEqualTo("BUSY");
      plane.pass(MOMENT);
      assertThat(plane.state(busy)).isEqualTo("TERMINATING");
      assertThat(plane.state(stuck)).isEqualTo("TERMINATING");
      assertThat(plane.session(busy).path("stateDetails").asText())
          .isEqualTo("The session reached the limit of 24 hours.");
    }
  }

  @Test
  void stopAQuietApplication() {
    try (Plane plane = Plane.withApplication()) {
      String id = plane.up("t");
      plane.pass(Duration.ofHours(1));
      assertThat(plane.applicationState()).as("a session holds it").isEqualTo("STARTED");
      plane.delete(Plane.SESSIONS + "/" + id);
      plane.pass(Duration.ofHours(1));
      assertThat(plane.applicationState()).as("it is not over yet").isEqualTo("STARTED");
      plane.driver(id).tells.ended("over");
      plane.pass(Duration.ofMinutes(15).minus(MOMENT));
      assertThat(plane.applicationState()).isEqualTo("STARTED");
      plane.pass(MOMENT);
      assertThat(plane.applicationState()).isEqualTo("STOPPED");
      assertThat(plane.told).endsWith("analysts: STARTED->STOPPING", "analysts: STOPPING->STOPPED");
      plane.pass(Duration.ofDays(1));
      assertThat(plane.start("t2", "").status()).isEqualTo(200);
      assertThat(plane.applicationState()).isEqualTo("STARTED");
    }
  }

  @Test
  void stopAnApplicationThatIsNeverUsed() {
    String own = "\"autoStopConfiguration\": {\"enabled\": true, \"idleTimeoutMinutes\": 2},";
    try (Plane plane = Plane.withApplication(own)) {
      plane.post("/applications/00app/start", "");
      plane.pass(Duration.ofMinutes(1));
      assertThat(plane.applicationState()).isEqualTo("STARTED");
      plane.pass(Duration.ofMinutes(1));
      assertThat(plane.applicationState()).isEqualTo("STOPPED");
    }
  }

  @Test
  void stopNoApplicationThatDoesNotWantIt() {
    try (Plane plane = Plane.withApplication("\"autoStopConfiguration\": {\"enabled\": false},")) {
      plane.post("/applications/00app/start", "");
      plane.pass(Duration.ofDays(7));
      assertThat(plane.applicationState()).isEqualTo("STARTED");
    }
  }
}
