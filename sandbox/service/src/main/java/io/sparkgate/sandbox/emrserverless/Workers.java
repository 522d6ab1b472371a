package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts an application's workers: a driver and the executors that it needs to start for each
 * session and job run, from the pool as far as it has any of that size left. The pool is there
 * while the application is STARTED.
 */
final class Workers {

  static final String PRE_INIT = "PreInitCapacity";
  static final String ON_DEMAND = "OnDemandCapacity";

  private final String type;
  private final Footprint size;
  private final long pool;
  private long fromPool;
  private long onDemand;
  private long pending;
  private Footprint onDemandSize = Footprint.NONE;

  private Workers(String type, Footprint size, long pool) {
    this.type = type;
    this.size = size;
    this.pool = pool;
  }

  static Census census(Application application) {
    List<WorkerGroup> groups = new ArrayList<>();
    for (Workers workers : of(application)) {
      groups.addAll(workers.groups());
    }
    JsonNode maximum = application.settings().path("maximumCapacity");
    Footprint most = Footprint.of(maximum);
    Map<String, Long> jobRuns = new TreeMap<>();
    application.jobRuns().forEach(run -> jobRuns.merge(run.state().name(), 1L, Long::sum));
    return new Census(
        application.id(),
        application.name(),
        application.state() == ApplicationState.STARTED,
        limit(most.cpu()),
        limit(most.memoryGb()),
        limit(most.diskGb()),
        groups,
        jobRuns);
  }

  /** What pre-initialized workers that nobody uses cost in a time. */
  static ResourceUse wasted(Application application, Duration time) {
    ResourceUse sum = ResourceUse.idle(Footprint.NONE, 0, time);
    for (Workers workers : of(application)) {
      sum = sum.plus(ResourceUse.idle(workers.size, workers.pool - workers.fromPool, time));
    }
    return sum;
  }

  private static List<Workers> of(Application application) {
    Workers drivers = of("SPARK_DRIVER", "driver", application);
    Workers executors = of("SPARK_EXECUTORS", "executor", application);
    for (Session session : application.liveSessions()) {
      count(drivers, executors, session.holding(), session.state() == SessionState.STARTING);
    }
    for (JobRun run : application.liveJobRuns()) {
      count(drivers, executors, run.current().holding(), run.state() == JobRunState.SCHEDULED);
    }
    return List.of(drivers, executors);
  }

  private static void count(Workers drivers, Workers executors, Holding holding, boolean starting) {
    if (holding.released() || holding.capacity().isEmpty()) {
      return;
    }
    Capacity capacity = holding.capacity().get();
    drivers.add(capacity.driver(), holding.warm(), starting);
    for (long i = 1; i < capacity.workers(); i++) {
      boolean free = executors.fromPool < executors.pool;
      executors.add(
          capacity.executor(), free && capacity.executor().fitsIn(executors.size), starting);
    }
  }

  private static Workers of(String type, String key, Application application) {
    if (application.state() == ApplicationState.STARTED) {
      for (Map.Entry<String, JsonNode> entry :
          application.settings().path("initialCapacity").properties()) {
        if (entry.getKey().equalsIgnoreCase(key)) {
          return new Workers(
              type,
              Footprint.of(entry.getValue().path("workerConfiguration")).orDisk(20),
              entry.getValue().path("workerCount").asLong());
        }
      }
    }
    return new Workers(type, Footprint.NONE, 0);
  }

  private void add(Footprint own, boolean taken, boolean starting) {
    if (taken) {
      fromPool++;
    } else if (starting) {
      pending++;
    } else {
      onDemand++;
      onDemandSize = onDemandSize.plus(own);
    }
  }

  private List<WorkerGroup> groups() {
    Footprint all = size.times(pool);
    return List.of(
        new WorkerGroup(
            type, PRE_INIT, fromPool, pool - fromPool, 0, all.cpu(), all.memoryGb(), all.diskGb()),
        new WorkerGroup(
            type,
            ON_DEMAND,
            onDemand,
            0,
            pending,
            onDemandSize.cpu(),
            onDemandSize.memoryGb(),
            onDemandSize.diskGb()));
  }

  private static long limit(long amount) {
    return amount == Long.MAX_VALUE ? -1 : amount;
  }
}
