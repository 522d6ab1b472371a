package io.sparkgate.sandbox.emrserverless;

/**
 * Workers of an application, of one type and one way to come by them, as the service's metrics
 * count them.
 *
 * @param type {@code SPARK_DRIVER} or {@code SPARK_EXECUTORS}
 * @param allocation {@code PreInitCapacity} or {@code OnDemandCapacity}
 * @param running in use
 * @param idle pre-initialized, and used by nobody
 * @param pending being created
 * @param cpu vCPU of those running and idle
 * @param memoryGb the same in GB
 * @param diskGb the same in GB
 */
public record WorkerGroup(
    String type,
    String allocation,
    long running,
    long idle,
    long pending,
    long cpu,
    long memoryGb,
    long diskGb) {

  /** All that there are, or could be used at once. */
  public long total() {
    return running + idle;
  }
}
