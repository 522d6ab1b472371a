package io.sparkgate.application;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The size of one worker. The service has 67 pairs of vCPU and memory: 1 vCPU with 2 to 8 GB, 2
 * with 4 to 16, 4 with 8 to 30, 8 with 16 to 60 in steps of 4, 16 with 32 to 120 in steps of 8.
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
   * @param vcpu 1, 2, 4, 8 or 16
   * @param memoryGb the memory in GB
   * @param disk the local disk
   * @throws IllegalArgumentException if the service has no worker of this size
   */
  public WorkerSize {
    requireNonNull(disk, "disk");
    int wantedVcpu = vcpu;
    Shape shape =
        Shape.ALL.stream()
            .filter(candidate -> candidate.vcpu == wantedVcpu)
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "WorkerSize: a worker cannot have "
                            + wantedVcpu
                            + " vCPU; use 1, 2, 4, 8 or 16"));
    if (!shape.allows(memoryGb)) {
      throw new IllegalArgumentException(
          "WorkerSize: a worker with "
              + vcpu
              + " vCPU cannot have "
              + memoryGb
              + " GB; it has "
              + shape
              + ", so use "
              + shape.nearest(memoryGb));
    }
  }

  /**
   * A worker with the free 20 GB disk.
   *
   * @param vcpu 1, 2, 4, 8 or 16
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

  /** The worker that the service picks: the smallest with at least these cores and memory. */
  static Optional<WorkerSize> smallestWith(double cores, double memoryGb) {
    return Shape.ALL.stream()
        .filter(shape -> shape.vcpu >= cores)
        .flatMap(shape -> shape.sizes().filter(gb -> gb >= memoryGb).map(gb -> of(shape.vcpu, gb)))
        .findFirst();
  }

  @Override
  public String toString() {
    return vcpu + " vCPU / " + memoryGb + " GB";
  }

  private record Shape(int vcpu, int minGb, int maxGb, int stepGb) {

    private static final List<Shape> ALL =
        List.of(
            new Shape(1, 2, 8, 1),
            new Shape(2, 4, 16, 1),
            new Shape(4, 8, 30, 1),
            new Shape(8, 16, 60, 4),
            new Shape(16, 32, 120, 8));

    boolean allows(int memoryGb) {
      return memoryGb >= minGb && memoryGb <= maxGb && (memoryGb - minGb) % stepGb == 0;
    }

    Stream<Integer> sizes() {
      return IntStream.iterate(minGb, gb -> gb <= maxGb, gb -> gb + stepGb).boxed();
    }

    String nearest(int memoryGb) {
      int within = Math.max(minGb, Math.min(maxGb, memoryGb));
      int below = within - (within - minGb) % stepGb;
      int above = within == below ? below : below + stepGb;
      return new TreeSet<>(Arrays.asList(below, above))
          .stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    @Override
    public String toString() {
      return minGb + " to " + maxGb + " GB in steps of " + stepGb;
    }
  }
}
