package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/**
 * What a job run used, reckoned by the clock from the sizes it asked for: the driver and the
 * executors that it needs to start, from the start of each attempt's driver to its end. What a
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

  /** All that its workers were there. */
  static ResourceUse total(JobRun run, Instant now) {
    return sum(run, now, 0, 0);
  }

  /** A worker costs a minute at least, and its first 20 GB of disk nothing. */
  static ResourceUse billed(JobRun run, Instant now) {
    return sum(run, now, LEAST_SECONDS, FREE_DISK_GB);
  }

  private static ResourceUse sum(JobRun run, Instant now, long least, long freeDisk) {
    ResourceUse sum = new ResourceUse(0, 0, 0);
    for (JobAttempt attempt : run.attempts()) {
      if (attempt.startedAt().isPresent() && attempt.capacity().isPresent()) {
        Capacity capacity = attempt.capacity().get();
        double hours = Math.max(least, seconds(attempt, now)) / SECONDS_PER_HOUR;
        long paidDisk = Math.max(0, capacity.toStart().diskGb() - capacity.workers() * freeDisk);
        sum =
            new ResourceUse(
                sum.cpu + capacity.toStart().cpu() * hours,
                sum.memory + capacity.toStart().memoryGb() * hours,
                sum.disk + paidDisk * hours);
      }
    }
    return sum;
  }

  /** How long a driver ran, begun seconds included. */
  static long seconds(JobAttempt attempt, Instant now) {
    Instant start = attempt.startedAt().orElse(now);
    Duration ran = Duration.between(start, attempt.endedAt().orElse(now));
    return ran.plusMillis(999).toSeconds();
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("vCPUHour", hours(cpu));
    json.set("memoryGBHour", hours(memory));
    json.set("storageGBHour", hours(disk));
    return json;
  }

  private static JsonNode hours(double amount) {
    return JsonNodeFactory.instance.numberNode(
        BigDecimal.valueOf(amount).setScale(3, RoundingMode.HALF_UP));
  }
}
