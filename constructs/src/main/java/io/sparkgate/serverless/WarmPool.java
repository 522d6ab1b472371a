package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Known;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.emrserverless.CfnApplication.InitialCapacityConfigKeyValuePairProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.InitialCapacityConfigProperty;
import software.amazon.awscdk.services.emrserverless.CfnApplication.WorkerConfigurationProperty;

/**
 * Workers that wait, so that a session starts in seconds: the initial capacity of the application.
 * They are billed, even idle, for as long as the application is STARTED. In an application of Hive
 * executors are the tasks of Tez.
 *
 * @param driverCount how many drivers wait, 0 to 1,000,000
 * @param driverSize the size of each driver
 * @param executorCount how many executors wait, 0 to 1,000,000
 * @param executorSize the size of each executor
 */
public record WarmPool(
    int driverCount, WorkerSize driverSize, int executorCount, WorkerSize executorSize) {

  private static final int MAX_COUNT = 1_000_000;

  /**
   * Checks the counts.
   *
   * @param driverCount 0 to 1,000,000
   * @param driverSize the size of each driver
   * @param executorCount 0 to 1,000,000
   * @param executorSize the size of each executor
   * @throws IllegalArgumentException if a count is out of range or the pool is empty
   */
  public WarmPool {
    requireNonNull(driverSize, "driverSize");
    requireNonNull(executorSize, "executorSize");
    checkCount("driverCount", driverCount);
    checkCount("executorCount", executorCount);
    if (driverCount == 0 && executorCount == 0) {
      throw new IllegalArgumentException(
          "WarmPool: driverCount and executorCount are both 0; leave the warm pool out instead");
    }
  }

  /**
   * Drivers and executors.
   *
   * @param driverCount how many drivers wait, 0 to 1,000,000
   * @param driverSize the size of each driver
   * @param executorCount how many executors wait, 0 to 1,000,000
   * @param executorSize the size of each executor
   * @return the warm pool
   * @throws IllegalArgumentException if a count is out of range or the pool is empty
   */
  public static WarmPool of(
      int driverCount, WorkerSize driverSize, int executorCount, WorkerSize executorSize) {
    return new WarmPool(driverCount, driverSize, executorCount, executorSize);
  }

  /**
   * Drivers only: a session connects at once and its executors arrive later.
   *
   * @param count how many, 1 to 1,000,000
   * @param size the size of each
   * @return the warm pool
   * @throws IllegalArgumentException if the count is out of range
   */
  public static WarmPool ofDrivers(int count, WorkerSize size) {
    return new WarmPool(count, size, 0, size);
  }

  /**
   * Executors only.
   *
   * @param count how many, 1 to 1,000,000
   * @param size the size of each
   * @return the warm pool
   * @throws IllegalArgumentException if the count is out of range
   */
  public static WarmPool ofExecutors(int count, WorkerSize size) {
    return new WarmPool(0, size, count, size);
  }

  /** All workers together. */
  Capacity total() {
    return Capacity.of(driverCount, driverSize).plus(Capacity.of(executorCount, executorSize));
  }

  boolean isShuffleOptimized() {
    return driverCount > 0 && driverSize.disk().shuffleOptimized()
        || executorCount > 0 && executorSize.disk().shuffleOptimized();
  }

  List<InitialCapacityConfigKeyValuePairProperty> render(List<String> keys) {
    List<InitialCapacityConfigKeyValuePairProperty> workers = new ArrayList<>();
    if (driverCount > 0) {
      workers.add(render(keys.get(0), driverCount, driverSize));
    }
    if (executorCount > 0) {
      workers.add(render(keys.get(1), executorCount, executorSize));
    }
    return workers;
  }

  private static InitialCapacityConfigKeyValuePairProperty render(
      String type, int count, WorkerSize size) {
    return InitialCapacityConfigKeyValuePairProperty.builder()
        .key(type)
        .value(
            InitialCapacityConfigProperty.builder()
                .workerCount(count)
                .workerConfiguration(
                    WorkerConfigurationProperty.builder()
                        .cpu(size.vcpu() + " vCPU")
                        .memory(size.memoryGb() + " GB")
                        .disk(size.disk().sizeGb() + " GB")
                        .diskType(size.disk().shuffleOptimized() ? "SHUFFLE_OPTIMIZED" : "STANDARD")
                        .build())
                .build())
        .build();
  }

  private static void checkCount(String name, int count) {
    if (Known.number("WarmPool: " + name, count) < 0 || count > MAX_COUNT) {
      throw new IllegalArgumentException(
          "WarmPool: " + name + " is " + count + "; use 0 to " + MAX_COUNT);
    }
  }

  @Override
  public String toString() {
    return "%d x %s drivers and %d x %s executors"
        .formatted(driverCount, driverSize, executorCount, executorSize);
  }
}
