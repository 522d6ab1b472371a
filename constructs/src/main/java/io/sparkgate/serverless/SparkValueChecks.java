package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Settings of Spark that decide what a session takes. What Spark does not take would end every
 * session, so only tokens are passed over.
 */
final class SparkValueChecks {

  /** Of heap: one and a half times what Spark's memory manager keeps for itself. */
  private static final long MIN_HEAP_MIB = 450;

  private static final List<String> DISK_TYPES = List.of("standard", "shuffle_optimized");
  private static final String NO_FRACTIONS =
      "Spark takes no fractions; use a smaller unit, such as 7680m for 7.5g";
  private static final String DYNAMIC = "spark.dynamicAllocation.";

  /** Says what to use instead, or nothing if the value is well. */
  private static final Map<String, Function<SparkValue, Optional<String>>> RULES = rules();

  private SparkValueChecks() {}

  static void check(Findings findings, Map<String, String> sparkDefaults) {
    check(findings, "sparkDefaults", "sessions", sparkDefaults);
  }

  static void check(Findings findings, String property, String users, Map<String, String> conf) {
    RULES.forEach(
        (key, rule) ->
            known(conf, key)
                .flatMap(rule)
                .ifPresent(
                    remedy -> {
                      throw findings.error(
                          "%s: %s, which %s cannot use; %s"
                              .formatted(property, shown(conf, key), users, remedy));
                    }));
    checkExecutors(findings, property, conf);
  }

  private static void checkExecutors(Findings findings, String property, Map<String, String> conf) {
    String instances = "spark.executor.instances";
    findings.errorIf(
        is(conf, instances, 0)
            && known(conf, DYNAMIC + "enabled")
                .flatMap(SparkValue::flag)
                .filter(on -> !on)
                .isPresent(),
        """
        %s: %s while spark.dynamicAllocation.enabled is false, and Spark starts with no fewer than \
        1; use at least 1, or keep dynamic allocation on"""
            .formatted(property, shown(conf, instances)));
    Optional<Integer> min = known(conf, DYNAMIC + "minExecutors").flatMap(SparkValue::integer);
    Optional<Integer> max = known(conf, DYNAMIC + "maxExecutors").flatMap(SparkValue::integer);
    findings.errorIf(
        min.isPresent() && max.isPresent() && min.get() > max.get(),
        "%s: %s, but %s; raise the maximum, or lower the minimum"
            .formatted(
                property,
                shown(conf, DYNAMIC + "minExecutors"),
                shown(conf, DYNAMIC + "maxExecutors")));
  }

  private static boolean is(Map<String, String> conf, String key, int number) {
    return known(conf, key).flatMap(SparkValue::integer).filter(n -> n == number).isPresent();
  }

  private static Optional<SparkValue> known(Map<String, String> conf, String key) {
    return Optional.ofNullable(conf.get(key))
        .filter(value -> !Tokens.isUnresolved(value))
        .map(SparkValue::new);
  }

  private static String shown(Map<String, String> conf, String key) {
    return key + " is '" + conf.get(key) + "'";
  }

  private static Map<String, Function<SparkValue, Optional<String>>> rules() {
    Map<String, Function<SparkValue, Optional<String>>> rules = new LinkedHashMap<>();
    for (String role : new String[] {"driver", "executor"}) {
      rules.put("spark." + role + ".cores", value -> count(value, 1, ""));
      rules.put("spark." + role + ".memoryOverhead", SparkValueChecks::size);
      rules.put("spark." + role + ".memoryOverheadFactor", SparkValueChecks::factor);
      rules.put("spark.emr-serverless." + role + ".disk", SparkValueChecks::size);
      rules.put("spark.emr-serverless." + role + ".disk.type", SparkValueChecks::diskType);
    }
    rules.put("spark.driver.memory", SparkValueChecks::driverHeap);
    rules.put("spark.executor.memory", SparkValueChecks::heap);
    rules.put("spark.executor.pyspark.memory", SparkValueChecks::size);
    rules.put("spark.executor.instances", value -> count(value, 0, ""));
    rules.put("spark.emr-serverless.memoryOverheadFactor", SparkValueChecks::factor);
    rules.put("spark.emr-serverless.lakeformation.enabled", SparkValueChecks::flag);
    rules.put(DYNAMIC + "enabled", SparkValueChecks::flag);
    rules.put(DYNAMIC + "shuffleTracking.enabled", SparkValueChecks::flag);
    rules.put(DYNAMIC + "initialExecutors", value -> count(value, 0, ""));
    rules.put(DYNAMIC + "minExecutors", value -> count(value, 0, ""));
    rules.put(
        DYNAMIC + "maxExecutors", value -> count(value, 1, ", or leave it out for no maximum"));
    rules.put(DYNAMIC + "executorAllocationRatio", SparkValueChecks::ratio);
    for (String timeout : new String[] {"executorIdleTimeout", "cachedExecutorIdleTimeout"}) {
      rules.put(DYNAMIC + timeout, value -> duration(value, 0, TimeUnit.SECONDS, "s"));
    }
    for (String timeout :
        new String[] {"schedulerBacklogTimeout", "sustainedSchedulerBacklogTimeout"}) {
      rules.put(DYNAMIC + timeout, value -> duration(value, 1, TimeUnit.SECONDS, "s"));
    }
    rules.put(
        DYNAMIC + "shuffleTracking.timeout",
        value -> duration(value, 0, TimeUnit.MILLISECONDS, "ms"));
    return rules;
  }

  private static Optional<String> count(SparkValue value, int least, String orElse) {
    return unless(
        value.integer().filter(number -> number >= least).isPresent(),
        "use a whole number of at least " + least + orElse);
  }

  private static Optional<String> size(SparkValue value) {
    return unless(
        value.mib().isPresent(),
        value.isFraction()
            ? NO_FRACTIONS
            : """
            use a whole number followed by b, k, kb, m, mb, g, gb, t, tb, p or pb, without a \
            space, in all below 8192p""");
  }

  /** Spark checks the heap of executors in bytes, though it counts the worker's memory in MiB. */
  private static Optional<String> heap(SparkValue value) {
    return size(value)
        .or(() -> unless(value.hasUnit(), "a heap without a unit is in bytes; add one, such as m"))
        .or(
            () ->
                unless(
                    value.mib().filter(mib -> mib >= MIN_HEAP_MIB).isPresent(),
                    "Spark needs " + MIN_HEAP_MIB + "m of heap at least"));
  }

  private static Optional<String> driverHeap(SparkValue value) {
    return heap(value)
        .or(
            () ->
                unless(
                    value.isJvmHeap(),
                    "Java itself reads the heap of the driver; use k, m, g or t behind a whole"
                        + " number"));
  }

  private static Optional<String> factor(SparkValue value) {
    return unless(
        value.decimal().filter(number -> number > 0).isPresent(),
        "use a number above 0, such as 0.1");
  }

  private static Optional<String> ratio(SparkValue value) {
    return unless(
        value.decimal().filter(number -> number > 0 && number <= 1).isPresent(),
        "use a number above 0 and up to 1");
  }

  private static Optional<String> flag(SparkValue value) {
    return unless(value.flag().isPresent(), "use true or false");
  }

  private static Optional<String> duration(
      SparkValue value, long least, TimeUnit unit, String symbol) {
    return unless(
        value.in(unit).filter(whole -> whole >= least).isPresent(),
        value.isFraction()
            ? NO_FRACTIONS
            : """
            use a whole number followed by us, ms, s, m, min, h or d, without a space, of at least \
            %s %s; a number alone counts %2$s"""
                .formatted(least, symbol));
  }

  private static Optional<String> diskType(SparkValue value) {
    return unless(DISK_TYPES.contains(value.text()), "use standard or shuffle_optimized");
  }

  private static Optional<String> unless(boolean well, String remedy) {
    return well ? Optional.empty() : Optional.of(remedy);
  }
}
