package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a session or a job run used, reckoned by the clock from the sizes it asked for: the driver
 * and the executors that it needs to start, from the start of each driver to its end. What a
 * service that gives and takes executors would count, this does not know.
 */
final class ResourceUse {

  private static final long LEAST_SECONDS = 60;
  private static final long FREE_DISK_GB = 20;
  private static final double SECONDS_PER_HOUR = 3600;

  private final double cpu;
  private final double memory;
  private final double disk;

  private ResourceUse(double cpu, double memory, double disk) {
    this.cpu = cpu;
    this.memory = memory;
    this.disk = disk;
  }

  /**
   * For how long workers were there.
   *
   * @param end empty while they are
   */
  record Stretch(Capacity capacity, Instant start, Optional<Instant> end) {
    /** Begun seconds included. */
    long seconds(Instant now) {
      return Duration.between(start, end.orElse(now)).plusMillis(999).toSeconds();
    }
  }

  /** All that its workers were there. */
  static ResourceUse total(List<Stretch> stretches, Instant now) {
    return sum(stretches, now, 0, 0);
  }

  /** A worker costs a minute at least, and its first 20 GB of disk nothing. */
  static ResourceUse billed(List<Stretch> stretches, Instant now) {
    return sum(stretches, now, LEAST_SECONDS, FREE_DISK_GB);
  }

  /** What so many workers of a size cost that were there for so long, in use or not. */
  static ResourceUse idle(Footprint size, long workers, Duration time) {
    double hours = workers * time.toSeconds() / SECONDS_PER_HOUR;
    return new ResourceUse(
        size.cpu() * hours,
        size.memoryGb() * hours,
        Math.max(0, size.diskGb() - FREE_DISK_GB) * hours);
  }

  private static ResourceUse sum(List<Stretch> stretches, Instant now, long least, long freeDisk) {
    ResourceUse sum = new ResourceUse(0, 0, 0);
    for (Stretch stretch : stretches) {
      Footprint workers = stretch.capacity().toStart();
      double hours = Math.max(least, stretch.seconds(now)) / SECONDS_PER_HOUR;
      long paidDisk = Math.max(0, workers.diskGb() - stretch.capacity().workers() * freeDisk);
      sum =
          sum.plus(
              new ResourceUse(workers.cpu() * hours, workers.memoryGb() * hours, paidDisk * hours));
    }
    return sum;
  }

  ResourceUse plus(ResourceUse other) {
    return new ResourceUse(cpu + other.cpu, memory + other.memory, disk + other.disk);
  }

  BigDecimal cpuHours() {
    return hours(cpu);
  }

  BigDecimal memoryGbHours() {
    return hours(memory);
  }

  BigDecimal storageGbHours() {
    return hours(disk);
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("vCPUHour", cpuHours());
    json.put("memoryGBHour", memoryGbHours());
    json.put("storageGBHour", storageGbHours());
    return json;
  }

  private static BigDecimal hours(double amount) {
    return BigDecimal.valueOf(amount).setScale(3, RoundingMode.HALF_UP);
  }
}
