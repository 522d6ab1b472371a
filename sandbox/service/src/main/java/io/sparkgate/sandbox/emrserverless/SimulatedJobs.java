package io.sparkgate.sandbox.emrserverless;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Job runs that run nothing: who plays a day tells what becomes of them, by their ids. They end
 * when they are cancelled.
 */
public final class SimulatedJobs implements JobDrivers {

  private final Map<String, Listener> ears = new ConcurrentHashMap<>();

  /** The run's last attempt becomes RUNNING. */
  public void run(String jobRunId) {
    ear(jobRunId).running();
  }

  /** The run's last attempt becomes SUCCESS. */
  public void succeed(String jobRunId) {
    ear(jobRunId).succeeded();
  }

  /** The run's last attempt becomes FAILED. */
  public void fail(String jobRunId, String reason) {
    ear(jobRunId).failed(reason);
  }

  private Listener ear(String jobRunId) {
    Listener ear = ears.get(jobRunId);
    if (ear == null) {
      throw new IllegalArgumentException(
          "no job run %s was started; there are %s".formatted(jobRunId, ears.keySet()));
    }
    return ear;
  }

  @Override
  public Driver start(Job job, Listener listener) {
    ears.put(job.jobRunId(), listener);
    return grace -> listener.failed("It was cancelled.");
  }

  @Override
  public void close() {
    // Nothing runs.
  }
}
