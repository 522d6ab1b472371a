package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.emrserverless.Ledger.Entry;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Played as from another module: by what is public, and by a clock in hand. */
class LedgerTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-26T08:30:00Z"));
  private final SimulatedDrivers drivers = new SimulatedDrivers();
  private final SimulatedJobs jobs = new SimulatedJobs();

  private static final String POOL =
      """
      {"name": "analysts", "releaseLabel": "emr-7.13.0", "type": "SPARK",
       "interactiveConfiguration": {"sessionEnabled": true},
       "initialCapacity": {"Driver": {"workerCount": 2,
         "workerConfiguration": {"cpu": "4vCPU", "memory": "16GB", "disk": "40GB"}}}}
      """;

  private ControlPlane plane(Ledger ledger) throws IOException {
    Clock real = clock;
    ControlPlane plane =
        ControlPlane.Builder.create(new RecordingAccess(), drivers)
            .jobDrivers(jobs)
            .clock(SandboxClock.withMinuteOf(60, real))
            .ledger(ledger)
            .withoutTimer()
            .start();
    plane.createApplication(Plane.APP, Plane.json(POOL));
    return plane;
  }

  private static JsonNode call(ControlPlane plane, String method, String path, String body) {
    return Plane.call(
            HttpRequest.newBuilder(URI.create(plane.uri() + path))
                .header("Authorization", Plane.credential("AKIDALICE"))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build())
        .body();
  }

  private static String session(ControlPlane plane, String token) {
    return call(
            plane,
            "POST",
            Plane.SESSIONS,
            "{\"clientToken\": \"%s\", \"executionRoleArn\": \"%s\"}".formatted(token, Plane.ROLE))
        .path("sessionId")
        .asText();
  }

  private void pass(ControlPlane plane, Duration time) {
    clock.pass(time);
    plane.tick();
  }

  @Test
  void saysOfASessionWhatGetSessionSaysWhenItHasEnded() throws IOException {
    Ledger ledger = Ledger.inMemory();
    try (ControlPlane plane = plane(ledger)) {
      String id = session(plane, "a");
      drivers.ready(id);
      drivers.busy(id);
      pass(plane, Duration.ofMinutes(90));
      assertThat(ledger.entries()).noneMatch(entry -> entry.id().equals(id));
      call(plane, "DELETE", Plane.SESSIONS + "/" + id, "");
      pass(plane, Duration.ofHours(3));

      JsonNode billed =
          call(plane, "GET", Plane.SESSIONS + "/" + id, "")
              .at("/session/billedResourceUtilization");
      assertThat(ledger.entries())
          .filteredOn(entry -> entry.kind() == Ledger.Kind.SESSION)
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.state()).isEqualTo("TERMINATED");
                assertThat(entry.createdBy()).isEqualTo(RecordingAccess.ALICE);
                assertThat(entry.endedAt()).isEqualTo("2026-11-26T10:00:00Z");
                // A driver and an executor of 4 vCPU and 16 GB for an hour and a half.
                assertThat(entry.vcpuHours()).isEqualByComparingTo("12");
                assertThat(entry.memoryGbHours()).isEqualByComparingTo("48");
                assertThat(entry.vcpuHours())
                    .isEqualByComparingTo(billed.path("vCPUHour").decimalValue());
                assertThat(entry.memoryGbHours())
                    .isEqualByComparingTo(billed.path("memoryGBHour").decimalValue());
              });
    }
  }

  @Test
  void hasOneEntryForAJobRunThatWasTriedTwice() throws IOException {
    Ledger ledger = Ledger.inMemory();
    try (ControlPlane plane = plane(ledger)) {
      String id =
          call(
                  plane,
                  "POST",
                  Plane.RUNS,
                  """
                  {"clientToken": "j", "executionRoleArn": "%s", "retryPolicy": {"maxAttempts": 2},
                   "jobDriver": {"sparkSubmit": {"entryPoint": "s3://b/x.py"}}}
                  """
                      .formatted(Plane.ROLE))
              .path("jobRunId")
              .asText();
      jobs.run(id);
      pass(plane, Duration.ofMinutes(30));
      jobs.fail(id, "no luck");
      jobs.run(id);
      pass(plane, Duration.ofMinutes(30));
      jobs.succeed(id);

      assertThat(ledger.entries())
          .filteredOn(entry -> entry.kind() == Ledger.Kind.JOBRUN)
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.state()).isEqualTo("SUCCESS");
                assertThat(entry.vcpuHours()).isEqualByComparingTo("8");
              });
    }
  }

  @Test
  void countsTheHoursOfPreInitializedWorkersThatNobodyUses() throws IOException {
    Ledger ledger = Ledger.inMemory();
    try (ControlPlane plane = plane(ledger)) {
      String id = session(plane, "a");
      drivers.ready(id);
      for (int minute = 0; minute < 90; minute++) {
        pass(plane, Duration.ofMinutes(1));
      }
    }
    List<Entry> pool =
        ledger.entries().stream().filter(entry -> entry.kind() == Ledger.Kind.POOL).toList();
    assertThat(pool)
        .extracting(Entry::id)
        .containsExactly("00app-20261126T08", "00app-20261126T09");
    // One of two drivers is left, for half an hour and an hour; 20 GB of its 40 cost.
    assertThat(pool)
        .extracting(Entry::vcpuHours)
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(new BigDecimal("2"), new BigDecimal("4"));
    assertThat(pool.get(1).storageGbHours()).isEqualByComparingTo("20");
  }

  @Test
  void goesToAFileALineEach(@TempDir Path work) throws IOException {
    Path file = work.resolve("account.jsonl");
    try (ControlPlane plane = plane(Ledger.in(file))) {
      drivers.ready(session(plane, "a"));
      drivers.die(session(plane, "b"), "out of memory");
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
    JsonNode failed = Plane.json(Files.readAllLines(file).get(0));
    assertThat(failed.path("kind").asText()).isEqualTo("session");
    assertThat(failed.path("state").asText()).isEqualTo("FAILED");
    assertThat(failed.path("vcpuHours").decimalValue()).isEqualByComparingTo("0");
    assertThat(failed.path("applicationId").asText()).isEqualTo("00app");
    assertThat(failed.path("createdBy").asText()).isEqualTo(RecordingAccess.ALICE);
    assertThat(failed.path("endedAt").asText()).isEqualTo("2026-11-26T08:30:00Z");
  }

  @Test
  void countsWorkersAsTheServicesMetricsDo() throws IOException {
    try (ControlPlane plane = plane(Ledger.inMemory())) {
      drivers.ready(session(plane, "a"));
      session(plane, "b");
      session(plane, "c");
      Census census = plane.census().get(0);
      assertThat(census.name()).isEqualTo("analysts");
      assertThat(census.maximumCpu()).isNegative();
      assertThat(census.groups())
          .containsExactly(
              new WorkerGroup("SPARK_DRIVER", "PreInitCapacity", 2, 0, 0, 8, 32, 80),
              new WorkerGroup("SPARK_DRIVER", "OnDemandCapacity", 0, 0, 1, 0, 0, 0),
              new WorkerGroup("SPARK_EXECUTORS", "PreInitCapacity", 0, 0, 0, 0, 0, 0),
              new WorkerGroup("SPARK_EXECUTORS", "OnDemandCapacity", 1, 0, 2, 4, 16, 20));
    }
  }
}
