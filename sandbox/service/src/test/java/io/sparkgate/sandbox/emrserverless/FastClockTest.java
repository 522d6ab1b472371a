package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A minute of the sandbox is a second here; clients go by real clocks. */
class FastClockTest {

  private final Plane plane = new Plane(60, Map.of()).application("");

  @AfterEach
  void close() {
    plane.close();
  }

  private Duration age(JsonNode time) {
    return Duration.between(Plane.instant(time), plane.clock.instant());
  }

  @Test
  void showsHowLongAgoAThingWas() {
    plane.pass(Duration.ofSeconds(100));
    String id = plane.up("t");
    plane.pass(Duration.ofSeconds(10));
    plane.driver(id).tells.idle(plane.clock.instant().minusSeconds(5));
    plane.pass(Duration.ofSeconds(25));
    JsonNode session = plane.session(id);
    assertThat(age(session.path("createdAt"))).isEqualTo(Duration.ofMinutes(35));
    assertThat(age(session.path("startedAt"))).isEqualTo(Duration.ofMinutes(35));
    assertThat(age(session.path("updatedAt"))).isEqualTo(Duration.ofMinutes(25));
    assertThat(age(session.path("idleSince"))).isEqualTo(Duration.ofMinutes(30));
    assertThat(session.path("totalExecutionDurationSeconds").asLong()).isEqualTo(35 * 60);
    JsonNode application = plane.get("/applications/00app").body().path("application");
    assertThat(age(application.path("createdAt"))).isEqualTo(Duration.ofMinutes(135));
  }

  @Test
  void readsTheTimesInQueriesTheSameWay() {
    plane.up("t1", ", 'name': 'old'");
    plane.pass(Duration.ofSeconds(30));
    plane.up("t2", ", 'name': 'new'");
    plane.pass(Duration.ofSeconds(10));
    Instant now = plane.clock.instant();
    assertThat(names("createdAtBefore=" + now.minus(Duration.ofMinutes(20))))
        .containsExactly("old");
    assertThat(names("createdAtAfter=" + now.minus(Duration.ofMinutes(20)))).containsExactly("new");
    assertThat(names("createdAtBefore=" + now.minus(Duration.ofMinutes(41)))).isEmpty();
    assertThat(names("createdAtBefore=" + now)).hasSize(2);
  }

  private List<String> names(String query) {
    return plane.get(Plane.SESSIONS + "?" + query).body().findValuesAsText("name");
  }

  @Test
  void runsTheTimersFaster() throws Exception {
    String id = plane.up("t");
    plane.driver(id).tells.idle(plane.clock.instant());
    JsonNode endpoint = plane.get(Plane.SESSIONS + "/" + id + "/endpoint").body();
    assertThat(Plane.instant(endpoint.path("authTokenExpiresAt")))
        .as("true by the client's clock")
        .isEqualTo(plane.clock.instant().plusSeconds(60));
    String token = endpoint.path("authToken").asText();
    plane.pass(Duration.ofMillis(59_999));
    assertThat(plane.control.routes().portFor(token)).isEqualTo(15002);
    assertThat(plane.state(id)).isEqualTo("IDLE");
    plane.pass(Duration.ofMillis(1));
    assertThatThrownBy(() -> plane.control.routes().portFor(token)).hasMessageContaining("expired");
    assertThat(plane.state(id)).isEqualTo("TERMINATING");
  }

  @Test
  void isTheIdentityAtRealSpeed() {
    SandboxClock clock = SandboxClock.withMinuteOf(60, plane.clock);
    plane.clock.pass(Duration.ofSeconds(12_345).plusNanos(678));
    Present present = Present.of(clock);
    Instant time = MovableClock.START.plusMillis(9_876);
    assertThat(present.shown(time)).isEqualTo(time);
    assertThat(present.meant(time)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAClockThatDoesNotRun(double speed) {
    assertThatThrownBy(() -> new SandboxClock(Clock.systemUTC(), Instant.EPOCH, speed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0");
  }
}
