package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * What a session or a job run takes of its application's capacity.
 *
 * @param held what it keeps for as long as it lives: its driver, and executors that are never given
 *     back
 * @param toStart what has to be free for it to start
 * @param workers how many those are, the driver included
 */
record Capacity(
    Footprint driver, Footprint executor, Footprint held, Footprint toStart, long workers) {

  static Capacity of(SparkConf conf) throws Worker.TooLarge {
    Footprint driver = Worker.of("driver", conf);
    Footprint executor = Worker.of("executor", conf);
    boolean dynamic = conf.flag("spark.dynamicAllocation.enabled", true);
    long kept =
        dynamic
            ? conf.whole("spark.dynamicAllocation.minExecutors", 0)
            : conf.whole("spark.executor.instances", 3);
    // A default session was seen to start under a cap of 8 vCPU: one executor is enough, although
    // it asks for three.
    long least = Math.max(1, kept);
    return new Capacity(
        driver,
        executor,
        driver.plus(executor.times(kept)),
        driver.plus(executor.times(least)),
        1 + least);
  }

  /** What is wrong with starting it beside what others hold; empty when nothing is. */
  String shortage(Footprint others, JsonNode application) {
    JsonNode maximum = application.path("maximumCapacity");
    if (maximum.isMissingNode() || others.plus(toStart).fitsIn(Footprint.of(maximum))) {
      return "";
    }
    return "It needs %s to start, other sessions and job runs hold %s, and maximumCapacity is %s."
        .formatted(toStart, others, Footprint.of(maximum));
  }

  /**
   * Whether a pre-initialized driver is free for it, in a sentence that says why.
   *
   * @param taken how many are in use
   */
  WarmDriver warmDriver(JsonNode application, long taken) {
    for (Map.Entry<String, JsonNode> entry : application.path("initialCapacity").properties()) {
      if (entry.getKey().equalsIgnoreCase("driver")) {
        long count = entry.getValue().path("workerCount").asLong();
        Footprint size = Footprint.of(entry.getValue().path("workerConfiguration"));
        if (!driver.fitsIn(size)) {
          return new WarmDriver(
              false,
              "Starting a driver: the pre-initialized ones have %s, it needs %s."
                  .formatted(size, driver));
        }
        return taken < count
            ? new WarmDriver(
                true, "Starting on pre-initialized driver %d of %d.".formatted(taken + 1, count))
            : new WarmDriver(
                false,
                "Starting a driver: all %d pre-initialized ones are in use.".formatted(count));
      }
    }
    return new WarmDriver(false, "Starting a driver: none is pre-initialized.");
  }

  /** The answer to whether a session takes a pre-initialized driver. */
  record WarmDriver(boolean taken, String why) {}
}
