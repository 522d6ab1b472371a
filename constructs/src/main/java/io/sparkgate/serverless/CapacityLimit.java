package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Known;

/**
 * The most that all workers of the application may have together: the maximum capacity of the
 * application, and the one bound on cost that no session can lift. Keep it in proportion to a
 * worker, or one dimension runs out while the other is stranded.
 *
 * @param vcpu the vCPUs
 * @param memoryGb the memory in GB
 * @param diskGb the disks in GB; every worker has at least 20
 */
public record CapacityLimit(int vcpu, int memoryGb, int diskGb) {

  /**
   * Checks the numbers.
   *
   * @param vcpu at least 1
   * @param memoryGb at least 1
   * @param diskGb at least 1
   * @throws IllegalArgumentException if one is not positive
   */
  public CapacityLimit {
    Known.number("CapacityLimit: vcpu", vcpu);
    Known.number("CapacityLimit: memoryGb", memoryGb);
    Known.number("CapacityLimit: diskGb", diskGb);
    if (vcpu < 1 || memoryGb < 1 || diskGb < 1) {
      throw new IllegalArgumentException(
          "CapacityLimit: "
              + describe(vcpu, memoryGb, diskGb)
              + " is not a limit; use at least 1 of each");
    }
  }

  /**
   * A limit.
   *
   * @param vcpu the vCPUs, at least 1
   * @param memoryGb the memory in GB, at least 1
   * @param diskGb the disks in GB, at least 1
   * @return the limit
   * @throws IllegalArgumentException if a number is not positive
   */
  public static CapacityLimit of(int vcpu, int memoryGb, int diskGb) {
    return new CapacityLimit(vcpu, memoryGb, diskGb);
  }

  /**
   * The limit at which a number of equal workers runs, drivers among them.
   *
   * @param count how many, at least 1
   * @param size the size of each
   * @return the limit
   * @throws IllegalArgumentException if the count is not positive
   */
  public static CapacityLimit ofWorkers(int count, WorkerSize size) {
    requireNonNull(size, "size");
    if (Known.number("CapacityLimit: count", count) < 1) {
      throw new IllegalArgumentException("CapacityLimit: " + count + " workers; use at least 1");
    }
    return new CapacityLimit(
        Math.multiplyExact(count, size.vcpu()),
        Math.multiplyExact(count, size.memoryGb()),
        Math.multiplyExact(count, size.disk().sizeGb()));
  }

  /** How many workers of this size run at the limit. */
  long workers(WorkerSize size) {
    return Math.min(vcpu / size.vcpu(), memoryGb / size.memoryGb());
  }

  @Override
  public String toString() {
    return describe(vcpu, memoryGb, diskGb);
  }

  private static String describe(int vcpu, int memoryGb, int diskGb) {
    return vcpu + " vCPU / " + memoryGb + " GB / " + diskGb + " GB disk";
  }
}
