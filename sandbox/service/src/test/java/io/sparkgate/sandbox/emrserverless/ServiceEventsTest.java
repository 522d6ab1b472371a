package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceEventsTest {

  private static List<JsonNode> of(Plane plane, String type) {
    return plane.events.stream()
        .filter(event -> event.path("detail-type").asText().equals("EMR Serverless " + type))
        .toList();
  }

  @Test
  void tellOfApplicationsAndNotOfSessions() {
    try (Plane plane = Plane.withApplication()) {
      plane.up("t");
      List<JsonNode> moves = of(plane, "Application State Change");
      assertThat(moves)
          .extracting(event -> event.at("/detail/state").asText())
          .containsExactly("CREATING", "CREATED", "STARTING", "STARTED");
      assertThat(moves.get(3).at("/detail/autoStopConfig/idleTimeout").asInt()).isEqualTo(15);
      assertThat(moves.get(3).path("source").asText()).isEqualTo("aws.emr-serverless");
      assertThat(plane.events).hasSize(4);
    }
  }

  @Test
  void tellOfJobRunsTheirRetriesAndWhatTheyUse() {
    try (Plane plane = Plane.withApplication()) {
      String id = plane.submitted("j", ", 'retryPolicy': {'maxAttempts': 2}");
      plane.jobs.last().tells.running();
      plane.pass(Duration.ofMinutes(30));
      plane.jobs.last().tells.failed("no luck");
      plane.jobs.last().tells.running();
      plane.pass(Duration.ofMinutes(10));
      plane.jobs.last().tells.succeeded();

      assertThat(of(plane, "Job Run State Change"))
          .extracting(event -> event.at("/detail/state").asText())
          .containsExactly(
              "SUBMITTED",
              "PENDING",
              "SCHEDULED",
              "RUNNING",
              "FAILED",
              "PENDING",
              "SCHEDULED",
              "RUNNING",
              "SUCCESS");
      assertThat(of(plane, "Job Run Retry"))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.at("/detail/previousAttemptState").asText()).isEqualTo("FAILED");
                assertThat(event.at("/detail/newAttempt").asInt()).isEqualTo(2);
              });
      List<JsonNode> uses = of(plane, "Job Resource Utilization Update");
      JsonNode last = uses.get(uses.size() - 1).path("detail");
      assertThat(last.path("resourceUtilizationFinal").asBoolean()).isTrue();
      assertThat(last.at("/totalBilledResourceUtilization/vCPUHour").asDouble())
          .isEqualTo(plane.jobRun(id).at("/billedResourceUtilization/vCPUHour").asDouble())
          .isPositive();
    }
  }
}
