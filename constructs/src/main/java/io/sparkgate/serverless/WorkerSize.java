package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Known;
import java.util.Optional;

/**
 * The size of one worker. The 67 known pairs of vCPU and memory: 1 vCPU with 2 to 8 GB, 2 with 4 to
 * 16, 4 with 8 to 30, 8 with 16 to 60 in steps of 4, 16 with 32 to 120 in steps of 8. A worker with
 * more than 16 vCPU is taken as given, with a warning ({@code
 * \@sparkgate/constructs:unknownWorkerSize}) where an application uses it.
 *
 * @param vcpu the number of vCPUs
 * @param memoryGb the memory in GB
 * @param disk the local disk
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/app-behavior.html">Worker
 *     configurations</a>
 */
public record WorkerSize(int vcpu, int memoryGb, Disk disk) {

  private static final Disk SMALLEST_DISK = Disk.standard(20);

  /**
   * Checks the pair.
   *
   * @param vcpu 1, 2, 4, 8 or 16, or more if the service has it by now
   * @param memoryGb the memory in GB
   * @param disk the local disk
   * @throws IllegalArgumentException if the service has no worker of this size
   */
  public WorkerSize {
    requireNonNull(disk, "disk");
    Known.number("WorkerSize: vcpu", vcpu);
    Known.number("WorkerSize: memoryGb", memoryGb);
    WorkerShape.check(vcpu, memoryGb);
  }

  /**
   * A worker with the free 20 GB disk.
   *
   * @param vcpu 1, 2, 4, 8 or 16, or more if the service has it by now
   * @param memoryGb the memory in GB
   * @return the size
   * @throws IllegalArgumentException if the service has no worker of this size; the message names
   *     the nearest that it has
   */
  public static WorkerSize of(int vcpu, int memoryGb) {
    return new WorkerSize(vcpu, memoryGb, SMALLEST_DISK);
  }

  /**
   * The same worker with another disk.
   *
   * @param disk the disk
   * @return the new size
   */
  public WorkerSize withDisk(Disk disk) {
    return new WorkerSize(vcpu, memoryGb, disk);
  }

  /** Whether the table of this library has it. */
  boolean isKnown() {
    return WorkerShape.of(vcpu).isPresent();
  }

  /** The worker that the service picks: the smallest with at least these cores and memory. */
  static Optional<WorkerSize> smallestWith(double cores, double memoryGb) {
    return WorkerShape.ALL.stream()
        .filter(shape -> shape.vcpu() >= cores)
        .flatMap(
            shape -> shape.sizes().filter(gb -> gb >= memoryGb).map(gb -> of(shape.vcpu(), gb)))
        .findFirst();
  }

  @Override
  public String toString() {
    return vcpu + " vCPU / " + memoryGb + " GB";
  }
}
