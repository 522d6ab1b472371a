package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.emrserverless.Plane.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListSessionsTest {

  private final Plane plane = Plane.withApplication();

  @AfterEach
  void close() {
    plane.close();
  }

  private List<String> names(String query) {
    return plane.get(Plane.SESSIONS + query).body().path("sessions").findValuesAsText("name");
  }

  private String named(String name) {
    return plane.up("t-" + name, ", 'name': '" + name + "'");
  }

  @Test
  void showsLessThanGetSession() {
    plane.driver(named("a")).tells.idle(plane.clock.instant());
    JsonNode summary = plane.get(Plane.SESSIONS).body().at("/sessions/0");
    assertThat(summary.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "applicationId",
            "sessionId",
            "arn",
            "name",
            "state",
            "stateDetails",
            "releaseLabel",
            "executionRoleArn",
            "createdBy",
            "createdAt",
            "updatedAt");
  }

  @Test
  void listsNewerOnesFirst() {
    assertThat(names("")).isEmpty();
    named("a");
    named("b");
    assertThat(names("")).containsExactly("b", "a");
  }

  @Test
  void selectsByStatesAndGroupsByThem() {
    plane.driver(named("idle1")).tells.idle(plane.clock.instant());
    plane.driver(named("busy")).tells.busy();
    plane.driver(named("idle2")).tells.idle(plane.clock.instant());
    named("started");
    plane.driver(named("failed")).tells.ended("crashed");
    assertThat(names("?states=BUSY&states=IDLE")).containsExactly("idle2", "idle1", "busy");
    assertThat(names("?states=FAILED")).containsExactly("failed");
    assertThat(names("?states=TERMINATED")).isEmpty();
  }

  @Test
  void selectsByCreation() {
    named("a");
    plane.clock.pass(Duration.ofMinutes(1));
    named("b");
    plane.clock.pass(Duration.ofMinutes(1));
    named("c");
    assertThat(names("?createdAtBefore=2026-01-02T03%3A05%3A05Z")).containsExactly("b", "a");
    assertThat(names("?createdAtAfter=2026-01-02T03%3A05%3A05.000000Z")).containsExactly("c", "b");
    assertThat(
            names(
                "?createdAtAfter=2026-01-02T03%3A04%3A06Z&createdAtBefore=2026-01-02T03%3A06%3A04%2B00%3A00"))
        .containsExactly("b");
  }

  @Test
  void pages() {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      named(name);
    }
    Reply first = plane.get(Plane.SESSIONS + "?maxResults=2");
    assertThat(first.body().path("sessions").findValuesAsText("name")).containsExactly("e", "d");
    String token = first.body().path("nextToken").asText();
    assertThat(token).matches("[A-Za-z0-9_=-]+");
    named("f");
    Reply second = plane.get(Plane.SESSIONS + "?maxResults=2&nextToken=" + token);
    assertThat(second.body().path("sessions").findValuesAsText("name")).containsExactly("c", "b");
    Reply last =
        plane.get(
            Plane.SESSIONS + "?maxResults=2&nextToken=" + second.body().get("nextToken").asText());
    assertThat(last.body().path("sessions").findValuesAsText("name")).containsExactly("a");
    assertThat(last.body().has("nextToken")).isFalse();
  }

  @Test
  void pagesAcrossStates() {
    plane.driver(named("busy")).tells.busy();
    plane.driver(named("idle")).tells.idle(plane.clock.instant());
    String query = "?states=IDLE&states=BUSY&maxResults=1";
    Reply first = plane.get(Plane.SESSIONS + query);
    assertThat(first.body().findValuesAsText("name")).containsExactly("idle");
    assertThat(names(query + "&nextToken=" + first.body().get("nextToken").asText()))
        .containsExactly("busy");
  }

  @Test
  void refusesATokenThatItDidNotGive() {
    for (String token : List.of("abc", "YWZ0ZXI6eA", "====")) {
      Reply refused = plane.get(Plane.SESSIONS + "?nextToken=" + token);
      assertThat(refused.type()).isEqualTo("ValidationException");
      assertThat(refused.message()).contains("'" + token + "' at 'nextToken'");
    }
  }
}
