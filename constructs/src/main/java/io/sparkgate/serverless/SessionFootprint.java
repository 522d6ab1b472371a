package io.sparkgate.serverless;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What one session takes when it starts: a driver and its first executors. */
record SessionFootprint(
    WorkerSize driver, WorkerSize executor, long executors, int driverDiskGb, int executorDiskGb) {

  /** Empty if tokens hide a size. */
  static Optional<SessionFootprint> of(SparkConf conf) {
    OptionalLong executors = conf.initialExecutors();
    if (conf.driver().isEmpty() || conf.executor().isEmpty() || executors.isEmpty()) {
      return Optional.empty();
    }
    WorkerNeed driver = conf.driver().orElseThrow();
    WorkerNeed executor = conf.executor().orElseThrow();
    return Optional.of(
        new SessionFootprint(
            workerFor(driver),
            workerFor(executor),
            executors.getAsLong(),
            driver.diskGb(),
            executor.diskGb()));
  }

  /** All that it starts with. */
  Capacity total() {
    return with(executors);
  }

  /** What it cannot do without: a driver and one executor. */
  Capacity least() {
    return with(1);
  }

  private Capacity with(long count) {
    return new Capacity(driver.vcpu(), driver.memoryGb(), driverDiskGb)
        .plus(new Capacity(executor.vcpu(), executor.memoryGb(), executorDiskGb).times(count));
  }

  /** The size of which most workers fit into a limit. */
  WorkerSize smallestWorker() {
    return Stream.of(driver, executor)
        .min(Comparator.comparingInt(WorkerSize::vcpu).thenComparingInt(WorkerSize::memoryGb))
        .orElseThrow();
  }

  /** What is larger than all known workers is counted as the least that could hold it. */
  private static WorkerSize workerFor(WorkerNeed need) {
    return WorkerSize.smallestWith(need.cores(), need.memoryGb())
        .orElseGet(
            () ->
                WorkerSize.of(
                    (int) Math.max(2L * WorkerShape.LARGEST.vcpu(), need.cores()),
                    (int) Math.min(Integer.MAX_VALUE, Math.ceil(need.memoryGb()))));
  }
}
