package io.sparkgate.sandbox.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.emrserverless.Census;
import io.sparkgate.sandbox.emrserverless.WorkerGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ServiceMetricsTest {

  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  private final MetricStore store = new MetricStore();
  private final ServiceMetrics metrics = new ServiceMetrics(store);

  private static Census census(boolean started, long failed) {
    return new Census(
        "00app",
        "analysts",
        started,
        64,
        -1,
        -1,
        List.of(
            new WorkerGroup("SPARK_DRIVER", "PreInitCapacity", 1, 2, 0, 12, 48, 60),
            new WorkerGroup("SPARK_EXECUTORS", "OnDemandCapacity", 3, 0, 1, 12, 48, 60)),
        Map.of("FAILED", failed, "RUNNING", 2L));
  }

  private Double value(String namespace, String name, Map<String, String> dimensions) {
    var values =
        store.query(
            new MetricId(namespace, name, dimensions),
            "Sum",
            Duration.ofMinutes(1),
            NOON,
            NOON.plusSeconds(600));
    return values.isEmpty() ? null : values.lastEntry().getValue();
  }

  private Double ofApplication(String name) {
    return value(
        "AWS/EMRServerless", name, Map.of("ApplicationId", "00app", "ApplicationName", "analysts"));
  }

  @Test
  void areEmittedOnceAMinuteByTheDocumentedDimensions() {
    metrics.emit(NOON.plusSeconds(1), List.of(census(true, 1)));
    metrics.emit(NOON.plusSeconds(59), List.of(census(true, 1)));

    assertThat(ofApplication("CPUAllocated")).isEqualTo(24);
    assertThat(ofApplication("TotalWorkerCount")).isEqualTo(6);
    assertThat(ofApplication("MaxCPUAllowed")).isEqualTo(64);
    assertThat(ofApplication("MaxMemoryAllowed")).as("it has no limit").isNull();
    assertThat(
            value(
                "AWS/EMRServerless",
                "IdleWorkerCount",
                Map.of(
                    "ApplicationId", "00app",
                    "ApplicationName", "analysts",
                    "WorkerType", "SPARK_DRIVER",
                    "CapacityAllocationType", "PreInitCapacity")))
        .isEqualTo(2);
    assertThat(
            value(
                "AWS/Usage",
                "ResourceCount",
                Map.of(
                    "Service", "EMR Serverless",
                    "Type", "Resource",
                    "Resource", "vCPU",
                    "Class", "None")))
        .isEqualTo(24);
    assertThat(store.metrics())
        .as("the dimensions of earlier releases stopped")
        .noneMatch(metric -> metric.dimensions().keySet().equals(Set.of("ApplicationId")));
  }

  @Test
  void countJobRunsThatFailedInTheMinute() {
    metrics.emit(NOON, List.of(census(true, 1)));
    metrics.emit(NOON.plusSeconds(60), List.of(census(true, 3)));
    assertThat(ofApplication("FailedJobs")).isEqualTo(2);
    assertThat(ofApplication("RunningJobs")).isEqualTo(2);
  }

  @Test
  void areNoneOfAnApplicationThatIsStopped() {
    metrics.emit(NOON, List.of(census(false, 0)));
    assertThat(ofApplication("CPUAllocated")).isNull();
  }

  @Test
  void tellOfFunctions() {
    metrics.invoked("reaper", NOON, Duration.ofMillis(250), true);
    assertThat(value("AWS/Lambda", "Errors", Map.of("FunctionName", "reaper"))).isEqualTo(1);
    assertThat(value("AWS/Lambda", "Duration", Map.of("FunctionName", "reaper"))).isEqualTo(250);
  }
}
