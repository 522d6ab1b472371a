package io.sparkgate.sandbox.cluster;

import io.sparkgate.sandbox.emrserverless.SandboxClock;
import io.sparkgate.sandbox.template.ClusterBlueprint.InstallStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.network.util.JavaUtils;

/**
 * The settings of Spark that are this machine's and not the step's: the one place where the sandbox
 * overrides what the step says. They go to spark-submit as {@code --conf}, which Spark takes before
 * every file.
 *
 * @param values by name
 */
record LocalSettings(Map<String, String> values) {

  /** How long a call may be open, and how long nobody may use the server: idle times. */
  private static final List<String> TIMES =
      List.of(
          "spark.connect.execute.reattachable.senderMaxStreamDuration", "spark.sparkgate.idleStop");

  /** What counts in seconds takes no less. */
  private static final long LEAST_MILLIS = 1_000;

  static LocalSettings of(
      InstallStep step, SandboxClock clock, long heapMebibytes, String python, Path directory) {
    var values = new TreeMap<String, String>();
    // No YARN, no executors, no Hive, no second machine.
    values.put("spark.master", "local[2]");
    values.put("spark.submit.deployMode", "client");
    values.put("spark.dynamicAllocation.enabled", "false");
    values.put("spark.shuffle.service.enabled", "false");
    values.put("spark.eventLog.enabled", "false");
    values.put("spark.sql.catalogImplementation", "in-memory");
    values.put("spark.sql.legacy.createHiveTableByDefault", "false");
    values.put("spark.sql.warehouse.dir", directory.resolve("warehouse").toString());
    values.put("spark.local.dir", directory.resolve("local").toString());
    // Loopback only.
    values.put("spark.driver.host", "127.0.0.1");
    values.put("spark.driver.bindAddress", "127.0.0.1");
    values.put("spark.ui.port", "0");
    // What this machine has.
    values.put("spark.driver.memory", heapMebibytes + "m");
    values.put("spark.pyspark.python", python);
    if (clock.isFast()) {
      for (String name : TIMES) {
        step.conf(name).ifPresent(time -> values.put(name, scaled(time, clock)));
      }
    }
    return new LocalSettings(values);
  }

  private static String scaled(String time, SandboxClock clock) {
    Duration real = clock.real(Duration.ofMillis(JavaUtils.timeStringAsMs(time)));
    return Math.max(LEAST_MILLIS, real.toMillis()) + "ms";
  }

  /** Those that the step gives another value, for people: {@code name old → new}. */
  List<String> overridden(InstallStep step) {
    var told = new ArrayList<String>();
    values.forEach(
        (name, value) ->
            step.conf(name)
                .filter(theirs -> !theirs.equals(value))
                .ifPresent(theirs -> told.add("%s %s → %s".formatted(name, theirs, value))));
    return told;
  }
}
