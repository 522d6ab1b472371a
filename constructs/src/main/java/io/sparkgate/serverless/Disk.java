package io.sparkgate.serverless;

import io.sparkgate.internal.Known;
import java.util.List;
import java.util.Map;

/**
 * The local disk of one worker. The first 20 GB are free of charge.
 *
 * @param sizeGb the size in GB: 20 to 200, or 20 to 2048 if shuffle-optimized
 * @param shuffleOptimized whether the disk has the higher throughput that heavy shuffles need
 */
public record Disk(int sizeGb, boolean shuffleOptimized) {

  /** As Spark and Hive are told: AWS's user guide of 2026. */
  private static final List<String> TYPES =
      List.of(
          "spark.emr-serverless.driver.disk.type",
          "spark.emr-serverless.executor.disk.type",
          "hive.driver.disk.type",
          "hive.tez.disk.type");

  private static final int MIN_GB = 20;
  private static final int MAX_STANDARD_GB = 200;
  private static final int MAX_SHUFFLE_OPTIMIZED_GB = 2048;

  /**
   * Checks the size.
   *
   * @param sizeGb 20 to 200, or to 2048
   * @param shuffleOptimized whether up to 2048
   * @throws IllegalArgumentException if the service has no disk of this size
   */
  public Disk {
    int max = shuffleOptimized ? MAX_SHUFFLE_OPTIMIZED_GB : MAX_STANDARD_GB;
    if (Known.number("Disk: sizeGb", sizeGb) < MIN_GB || sizeGb > max) {
      throw new IllegalArgumentException(
          "Disk: %d GB is not the size of a %s disk; use %d to %d GB%s"
              .formatted(
                  sizeGb,
                  shuffleOptimized ? "shuffle-optimized" : "standard",
                  MIN_GB,
                  max,
                  shuffleOptimized || sizeGb < MIN_GB ? "" : ", or Disk.shuffleOptimized"));
    }
  }

  /**
   * A standard disk.
   *
   * @param sizeGb 20 to 200
   * @return the disk
   * @throws IllegalArgumentException if the size is out of range
   */
  public static Disk standard(int sizeGb) {
    return new Disk(sizeGb, false);
  }

  /**
   * A shuffle-optimized disk.
   *
   * @param sizeGb 20 to 2048
   * @return the disk
   * @throws IllegalArgumentException if the size is out of range
   */
  public static Disk shuffleOptimized(int sizeGb) {
    return new Disk(sizeGb, true);
  }

  /** Whether settings of Spark or of Hive ask for such disks. */
  static boolean isShuffleOptimizedIn(Map<String, String> settings) {
    return TYPES.stream().anyMatch(key -> "shuffle_optimized".equalsIgnoreCase(settings.get(key)));
  }

  @Override
  public String toString() {
    return sizeGb + " GB" + (shuffleOptimized ? " shuffle-optimized" : "");
  }
}
