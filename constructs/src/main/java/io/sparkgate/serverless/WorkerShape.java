package io.sparkgate.serverless;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The workers that the service has with some number of vCPUs, from its user guide as it was in
 * 2026. It may have larger ones by now; what contradicts a line of this table it has not.
 */
record WorkerShape(int vcpu, int minGb, int maxGb, int stepGb) {

  static final List<WorkerShape> ALL =
      List.of(
          new WorkerShape(1, 2, 8, 1),
          new WorkerShape(2, 4, 16, 1),
          new WorkerShape(4, 8, 30, 1),
          new WorkerShape(8, 16, 60, 4),
          new WorkerShape(16, 32, 120, 8));

  static final WorkerShape LARGEST = ALL.get(ALL.size() - 1);

  static Optional<WorkerShape> of(int vcpu) {
    return ALL.stream().filter(shape -> shape.vcpu == vcpu).findFirst();
  }

  static void check(int vcpu, int memoryGb) {
    Optional<WorkerShape> known = of(vcpu);
    if (known.isEmpty() && vcpu <= LARGEST.vcpu) {
      throw new IllegalArgumentException(
          "WorkerSize: a worker cannot have " + vcpu + " vCPU; use 1, 2, 4, 8 or 16");
    }
    if (known.isEmpty() && memoryGb < 1) {
      throw new IllegalArgumentException(
          "WorkerSize: a worker cannot have " + memoryGb + " GB; use at least 1");
    }
    known
        .filter(shape -> !shape.allows(memoryGb))
        .ifPresent(
            shape -> {
              throw new IllegalArgumentException(
                  "WorkerSize: a worker with %d vCPU cannot have %d GB; it has %s, so use %s"
                      .formatted(vcpu, memoryGb, shape, shape.nearest(memoryGb)));
            });
  }

  /** The whole table in words. */
  static String table() {
    return ALL.stream()
        .map(shape -> shape.vcpu + " vCPU: " + shape)
        .collect(Collectors.joining(", "));
  }

  Stream<Integer> sizes() {
    return IntStream.iterate(minGb, gb -> gb <= maxGb, gb -> gb + stepGb).boxed();
  }

  private boolean allows(int memoryGb) {
    return memoryGb >= minGb && memoryGb <= maxGb && (memoryGb - minGb) % stepGb == 0;
  }

  private String nearest(int memoryGb) {
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
