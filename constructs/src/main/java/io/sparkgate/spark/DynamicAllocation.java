package io.sparkgate.spark;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Known;
import io.sparkgate.internal.Ordered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.TimeConversionOptions;
import software.amazon.awscdk.Token;

/**
 * How many executors a session or a job run has, and when it gives one back.
 *
 * <pre>{@code
 * application.with(DynamicAllocation.between(1, 20).initially(2).idleAfter(Duration.minutes(2)));
 * }</pre>
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/jobs-spark.html">Spark
 *     job properties</a>
 */
public final class DynamicAllocation implements Feature {

  private static final String PREFIX = "spark.dynamicAllocation.";
  private static final String BATCH = "spark.emr-serverless.allocation.batch.size";

  private final Map<String, String> defaults;
  private final boolean aligned;

  private DynamicAllocation(Map<String, String> defaults, boolean aligned) {
    this.defaults = Ordered.sorted(defaults);
    this.aligned = aligned;
  }

  /**
   * From so many executors to so many, as the work needs. EMR Serverless starts with 3, or with the
   * least where that is more; without any settings it has no maximum.
   *
   * @param least 0 or more
   * @param most 1 or more, and not below the least
   * @return the setting
   * @throws IllegalArgumentException if a number is out of range
   */
  public static DynamicAllocation between(int least, int most) {
    atLeast(0, "least", least);
    atLeast(1, "most", most);
    if (least > most) {
      throw new IllegalArgumentException(
          "DynamicAllocation: least is %d and most %d; use a most that is not below the least"
              .formatted(least, most));
    }
    return new DynamicAllocation(
        Ordered.map(
            entry(PREFIX + "enabled", "true"),
            entry(PREFIX + "minExecutors", String.valueOf(least)),
            entry(PREFIX + "maxExecutors", String.valueOf(most)),
            entry(PREFIX + "initialExecutors", String.valueOf(Math.min(most, Math.max(3, least))))),
        false);
  }

  /**
   * No dynamic allocation, so that each session and job run has so many executors from its start to
   * its end, idle or not.
   *
   * @param executors 1 or more
   * @return the setting
   * @throws IllegalArgumentException if the number is out of range
   */
  public static DynamicAllocation off(int executors) {
    atLeast(1, "executors", executors);
    return new DynamicAllocation(
        Ordered.map(
            entry(PREFIX + "enabled", "false"),
            entry("spark.executor.instances", String.valueOf(executors))),
        false);
  }

  /**
   * Sets how many there are at first. Default: 3, within the bounds.
   *
   * @param executors within the bounds
   * @return the same, with this start
   * @throws IllegalArgumentException if it is out of bounds, or there is no dynamic allocation
   */
  public DynamicAllocation initially(int executors) {
    requireOn("initially");
    Known.number("DynamicAllocation: initially", executors);
    int least = Integer.parseInt(setting(PREFIX + "minExecutors"));
    int most = Integer.parseInt(setting(PREFIX + "maxExecutors"));
    if (executors < least || executors > most) {
      throw new IllegalArgumentException(
          "DynamicAllocation: initially is %d; use %d to %d".formatted(executors, least, most));
    }
    return with(PREFIX + "initialExecutors", String.valueOf(executors));
  }

  /**
   * Sets after how long an executor without a task is given back. Default: 60 seconds.
   *
   * @param idle 1 second or more, whole seconds
   * @return the same, with this time
   * @throws IllegalArgumentException if it is no such time, or there is no dynamic allocation
   */
  public DynamicAllocation idleAfter(Duration idle) {
    requireOn("idleAfter");
    requireNonNull(idle, "idle");
    if (!Known.isIn(idle, "seconds")) {
      throw new IllegalArgumentException(
          "DynamicAllocation: " + Known.mustBeIn("idleAfter", idle, "seconds"));
    }
    if (idle.isUnresolved()) {
      return with(PREFIX + "executorIdleTimeout", Token.asString(idle.toSeconds()) + "s");
    }
    double seconds =
        idle.toSeconds(TimeConversionOptions.builder().integral(false).build()).doubleValue();
    if (seconds < 1 || seconds != Math.rint(seconds)) {
      throw new IllegalArgumentException(
          "DynamicAllocation: idleAfter is %s; use whole seconds, 1 or more"
              .formatted(idle.toHumanString()));
    }
    return with(PREFIX + "executorIdleTimeout", (long) seconds + "s");
  }

  /**
   * Lets Spark ask for executors in the steps in which EMR Serverless makes workers (the
   * classification {@code spark}, {@code dynamicAllocationOptimization}). Default: it does not.
   *
   * @return the same, aligned
   * @throws IllegalArgumentException if there is no dynamic allocation
   */
  public DynamicAllocation aligned() {
    requireOn("aligned");
    return new DynamicAllocation(defaults, true);
  }

  /**
   * Sets how many executors are asked for at once, in each second. Default: 20.
   *
   * @param executors 1 or more
   * @return the same, with this step
   * @throws IllegalArgumentException if the number is out of range
   */
  public DynamicAllocation batchSize(int executors) {
    atLeast(1, "batchSize", executors);
    return with(BATCH, String.valueOf(executors));
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    List<Classification> settings = new ArrayList<>(SparkDefaults.of(defaults));
    if (aligned) {
      settings.add(
          Classification.of("spark", Ordered.map(entry("dynamicAllocationOptimization", "true"))));
    }
    return settings;
  }

  @Override
  public String toString() {
    return isOn() ? "DynamicAllocation.between" : "DynamicAllocation.off";
  }

  private DynamicAllocation with(String key, String value) {
    Map<String, String> more = new TreeMap<>(defaults);
    more.put(key, value);
    return new DynamicAllocation(more, aligned);
  }

  private boolean isOn() {
    return setting(PREFIX + "enabled").equals("true");
  }

  private String setting(String key) {
    return defaults.getOrDefault(key, "");
  }

  private void requireOn(String setter) {
    if (!isOn()) {
      throw new IllegalArgumentException(
          "DynamicAllocation: %s has no effect while it is off; leave it out, or use DynamicAllocation.between"
              .formatted(setter));
    }
  }

  private static void atLeast(int bound, String name, int number) {
    if (Known.number("DynamicAllocation: " + name, number) < bound) {
      throw new IllegalArgumentException(
          "DynamicAllocation: %s is %d; use %d or more".formatted(name, number, bound));
    }
  }
}
