package io.sparkgate.sandbox.metrics;

import io.sparkgate.sandbox.emrserverless.Census;
import io.sparkgate.sandbox.emrserverless.WorkerGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What AWS's services emit by themselves, by the names and dimensions that their documentation has
 * for emr-7.10 and later, and nothing else. Assumed, not seen: that an application that is not
 * STARTED emits nothing, that zeros are emitted, that workers of sessions are SPARK_DRIVER and
 * SPARK_EXECUTORS, and that one without a limit has no metrics of its limits.
 */
public final class ServiceMetrics {

  private static final String NAMESPACE = "AWS/EMRServerless";
  private static final String STATES_NAMED =
      "Submitted Pending Scheduled Running Success Failed Cancelling Cancelled";

  private static final MetricId ACCOUNT =
      new MetricId(
          "AWS/Usage",
          "ResourceCount",
          Map.of(
              "Service",
              "EMR Serverless",
              "Type",
              "Resource",
              "Resource",
              "vCPU",
              "Class",
              "None"));

  /** What all is called that is counted of workers. */
  private static final Map<String, ToLongFunction<WorkerGroup>> OF_WORKERS =
      Map.of(
          "CPUAllocated", WorkerGroup::cpu,
          "MemoryAllocated", WorkerGroup::memoryGb,
          "StorageAllocated", WorkerGroup::diskGb,
          "IdleWorkerCount", WorkerGroup::idle,
          "RunningWorkerCount", WorkerGroup::running,
          "PendingCreationWorkerCount", WorkerGroup::pending,
          "TotalWorkerCount", WorkerGroup::total);

  private final MetricStore store;
  private final Map<String, Long> ended = new HashMap<>();
  private Instant last = Instant.MIN;

  public ServiceMetrics(MetricStore store) {
    this.store = store;
  }

  /** Emits what EMR Serverless emits, if a minute has begun since it last did. */
  public synchronized void emit(Instant now, List<Census> applications) {
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    if (!minute.isAfter(last)) {
      return;
    }
    last = minute;
    long cpu = 0;
    for (Census application : applications) {
      cpu += application.groups().stream().mapToLong(WorkerGroup::cpu).sum();
      if (application.started()) {
        emit(application, minute);
      }
    }
    store.put(ACCOUNT, minute, cpu);
  }

  private void emit(Census application, Instant at) {
    Map<String, String> dimensions =
        Map.of("ApplicationId", application.applicationId(), "ApplicationName", application.name());
    OF_WORKERS.forEach(
        (name, count) -> {
          put(name, dimensions, at, application.groups().stream().mapToLong(count).sum());
          for (WorkerGroup group : application.groups()) {
            Map<String, String> more = new HashMap<>(dimensions);
            more.put("WorkerType", group.type());
            more.put("CapacityAllocationType", group.allocation());
            put(name, more, at, count.applyAsLong(group));
          }
        });
    limit("MaxCPUAllowed", dimensions, at, application.maximumCpu());
    limit("MaxMemoryAllowed", dimensions, at, application.maximumMemoryGb());
    limit("MaxStorageAllowed", dimensions, at, application.maximumDiskGb());
    for (String state : STATES_NAMED.split(" ")) {
      String key = state.toUpperCase(Locale.ROOT);
      long count = application.jobRuns().getOrDefault(key, 0L);
      boolean over = List.of("SUCCESS", "FAILED", "CANCELLED").contains(key);
      if (over) {
        // Those that came to be so since the minute before.
        Long before = ended.put(application.applicationId() + key, count);
        count -= before == null ? 0 : before;
      }
      put(state + "Jobs", dimensions, at, count);
    }
  }

  private void limit(String name, Map<String, String> dimensions, Instant at, long most) {
    if (most >= 0) {
      put(name, dimensions, at, most);
    }
  }

  private void put(String name, Map<String, String> dimensions, Instant at, double value) {
    store.put(new MetricId(NAMESPACE, name, dimensions), at, value);
  }

  /** Emits what Lambda emits of an invocation. */
  public void invoked(String functionName, Instant at, Duration took, boolean failed) {
    Map<String, String> dimensions = Map.of("FunctionName", functionName);
    store.put(new MetricId("AWS/Lambda", "Invocations", dimensions), at, 1);
    store.put(new MetricId("AWS/Lambda", "Errors", dimensions), at, failed ? 1 : 0);
    store.put(new MetricId("AWS/Lambda", "Duration", dimensions), at, took.toMillis());
  }
}
