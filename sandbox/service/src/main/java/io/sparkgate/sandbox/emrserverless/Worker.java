package io.sparkgate.sandbox.emrserverless;

import java.util.List;

/** The sizes that workers come in. */
final class Worker {

  private static final long MIB_PER_GB = 1024;
  private static final long LEAST_OVERHEAD_MIB = 384;

  private record Size(long cpu, long minGb, long maxGb, long stepGb) {}

  private static final List<Size> SIZES =
      List.of(
          new Size(1, 2, 8, 1),
          new Size(2, 4, 16, 1),
          new Size(4, 8, 30, 1),
          new Size(8, 16, 60, 4),
          new Size(16, 32, 120, 8));

  private Worker() {}

  /**
   * The smallest worker for a driver or an executor, by its configuration or the service's defaults
   * of 4 cores, 14 GB and a tenth for overhead.
   *
   * @param role {@code driver} or {@code executor}
   * @throws TooLarge when there is none
   */
  static Footprint of(String role, SparkConf conf) throws TooLarge {
    long cores = conf.whole("spark." + role + ".cores", 4);
    long heap = conf.mebibytes("spark." + role + ".memory", 14 * MIB_PER_GB);
    double factor = conf.factor("spark.emr-serverless.memoryOverheadFactor", 0.1);
    long tenth = Math.max(LEAST_OVERHEAD_MIB, Math.round(heap * factor));
    long overhead = conf.mebibytes("spark." + role + ".memoryOverhead", tenth);
    long disk =
        conf.mebibytes("spark.emr-serverless." + role + ".disk", 20 * MIB_PER_GB) / MIB_PER_GB;
    long memory = ceilDiv(heap + overhead, MIB_PER_GB);
    for (Size size : SIZES) {
      if (size.cpu() >= cores) {
        long steps = Math.max(0, ceilDiv(memory - size.minGb(), size.stepGb()));
        long rounded = size.minGb() + steps * size.stepGb();
        if (rounded <= size.maxGb()) {
          return new Footprint(size.cpu(), rounded, disk);
        }
        break;
      }
    }
    throw new TooLarge(
        "No worker is large enough for a spark.%s of %d cores and %d GB, overhead included."
            .formatted(role, cores, memory));
  }

  private static long ceilDiv(long amount, long unit) {
    return -Math.floorDiv(-amount, unit);
  }

  /** There is no such worker. */
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    TooLarge(String message) {
      super(message);
    }
  }
}
