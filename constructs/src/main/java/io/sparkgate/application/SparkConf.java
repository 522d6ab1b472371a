package io.sparkgate.application;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awscdk.Token;

/**
 * What the application's spark-defaults say about the size of a session, with the defaults of EMR
 * Serverless behind them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/jobs-spark.html">Spark
 *     job properties</a>
 */
final class SparkConf {

  static final String CLASSIFICATION = "spark-defaults";

  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kmgt]?)b?");
  private static final long MIN_OVERHEAD_MIB = 384;
  private static final String DEFAULT_EXECUTORS = "3";

  private final Map<String, String> conf;

  private SparkConf(Map<String, String> conf) {
    this.conf = conf;
  }

  static SparkConf of(List<Classification> classifications) {
    return new SparkConf(
        classifications.stream()
            .filter(classification -> classification.name().equals(CLASSIFICATION))
            .findFirst()
            .map(Classification::properties)
            .orElse(Map.of()));
  }

  /** What a driver needs of its worker; empty if a token or a typing error hides it. */
  Optional<WorkerNeed> driver() {
    return need("driver");
  }

  /** What an executor needs of its worker; empty if a token or a typing error hides it. */
  Optional<WorkerNeed> executor() {
    return need("executor");
  }

  /** How many executors a session asks for when it starts; empty if a token hides it. */
  OptionalLong initialExecutors() {
    String fixed = conf.getOrDefault("spark.executor.instances", DEFAULT_EXECUTORS);
    if ("false".equalsIgnoreCase(conf.get("spark.dynamicAllocation.enabled"))) {
      return count(fixed);
    }
    OptionalLong initial =
        count(conf.getOrDefault("spark.dynamicAllocation.initialExecutors", fixed));
    OptionalLong min = count(conf.getOrDefault("spark.dynamicAllocation.minExecutors", "0"));
    return initial.isPresent() && min.isPresent()
        ? OptionalLong.of(Math.max(initial.getAsLong(), min.getAsLong()))
        : OptionalLong.empty();
  }

  private Optional<WorkerNeed> need(String role) {
    OptionalLong cores = count(conf.getOrDefault("spark." + role + ".cores", "4"));
    OptionalLong heap = mib(conf.getOrDefault("spark." + role + ".memory", "14G"));
    OptionalLong disk = mib(conf.getOrDefault("spark.emr-serverless." + role + ".disk", "20G"));
    if (cores.isEmpty() || heap.isEmpty() || disk.isEmpty()) {
      return Optional.empty();
    }
    OptionalLong overhead = overhead(role, heap.getAsLong());
    return overhead.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new WorkerNeed(
                role, cores.getAsLong(), heap.getAsLong(), overhead.getAsLong(), disk.getAsLong()));
  }

  private OptionalLong overhead(String role, long heapMib) {
    String set = conf.get("spark." + role + ".memoryOverhead");
    if (set != null) {
      return mib(set);
    }
    OptionalDouble factor =
        fraction(conf.getOrDefault("spark.emr-serverless.memoryOverheadFactor", "0.1"));
    return factor.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max((long) (factor.getAsDouble() * heapMib), MIN_OVERHEAD_MIB));
  }

  private static OptionalLong count(String value) {
    return value.matches("\\d{1,9}")
        ? OptionalLong.of(Long.parseLong(value))
        : OptionalLong.empty();
  }

  private static OptionalDouble fraction(String value) {
    return value.matches("\\d{1,4}(\\.\\d{1,9})?|\\.\\d{1,9}")
        ? OptionalDouble.of(Double.parseDouble(value))
        : OptionalDouble.empty();
  }

  /** Spark reads a memory size without a unit as MiB. */
  private static OptionalLong mib(String value) {
    Matcher size = SIZE.matcher(value.trim().toLowerCase(Locale.ROOT));
    if (Token.isUnresolved(value) || !size.matches()) {
      return OptionalLong.empty();
    }
    long number = Long.parseLong(size.group(1));
    return OptionalLong.of(
        switch (size.group(2)) {
          case "k" -> number / 1024;
          case "g" -> number * 1024;
          case "t" -> number * 1024 * 1024;
          default -> number;
        });
  }
}
