package io.sparkgate.serverless;

import io.sparkgate.internal.Tokens;
import io.sparkgate.spark.Classification;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

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

  private static final long MIN_OVERHEAD_MIB = 384;
  private static final String DEFAULT_EXECUTORS = "3";

  private final Map<String, String> conf;
  private final boolean isOfSpark;

  private SparkConf(Map<String, String> conf, boolean isOfSpark) {
    this.conf = conf;
    this.isOfSpark = isOfSpark;
  }

  /** Of an application that does not run Spark: nothing is known of its workers. */
  static SparkConf none() {
    return new SparkConf(Map.of(), false);
  }

  static SparkConf of(List<Classification> classifications) {
    return new SparkConf(
        classifications.stream()
            .filter(classification -> classification.name().equals(CLASSIFICATION))
            .findFirst()
            .map(Classification::properties)
            .orElse(Map.of()),
        true);
  }

  /** What a driver needs of its worker; empty if a token hides it. */
  Optional<WorkerNeed> driver() {
    return need("driver");
  }

  /** What an executor needs of its worker; empty if a token hides it. */
  Optional<WorkerNeed> executor() {
    return need("executor");
  }

  Map<String, String> settings() {
    return conf;
  }

  /**
   * How many executors a session asks for when it starts; empty if a token hides it. Spark takes
   * the largest of three settings; that the service's default of one gives way to another that is
   * set is assumed, not seen.
   */
  OptionalLong initialExecutors() {
    String instances = "spark.executor.instances";
    String initial = "spark.dynamicAllocation.initialExecutors";
    if (known(conf.getOrDefault("spark.dynamicAllocation.enabled", "true"))
        .flatMap(SparkValue::flag)
        .filter(dynamic -> !dynamic)
        .isPresent()) {
      return count(conf.getOrDefault(instances, DEFAULT_EXECUTORS));
    }
    boolean isSet = conf.containsKey(instances) || conf.containsKey(initial);
    return largest(
        conf.getOrDefault(instances, "0"),
        conf.getOrDefault(initial, isSet ? "0" : DEFAULT_EXECUTORS),
        conf.getOrDefault("spark.dynamicAllocation.minExecutors", "0"));
  }

  private static OptionalLong largest(String... values) {
    List<OptionalLong> counts = Stream.of(values).map(SparkConf::count).toList();
    return counts.stream().allMatch(OptionalLong::isPresent)
        ? counts.stream().mapToLong(OptionalLong::getAsLong).max()
        : OptionalLong.empty();
  }

  private Optional<WorkerNeed> need(String role) {
    if (!isOfSpark) {
      return Optional.empty();
    }
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
    return asLong(
        known(conf.getOrDefault("spark.emr-serverless.memoryOverheadFactor", "0.1"))
            .flatMap(SparkValue::decimal)
            .map(factor -> Math.max((long) (factor * heapMib), MIN_OVERHEAD_MIB)));
  }

  private static Optional<SparkValue> known(String value) {
    return Tokens.isUnresolved(value) ? Optional.empty() : Optional.of(new SparkValue(value));
  }

  private static OptionalLong count(String value) {
    return asLong(known(value).flatMap(SparkValue::integer).map(Integer::longValue));
  }

  private static OptionalLong mib(String value) {
    return asLong(known(value).flatMap(SparkValue::mib));
  }

  private static OptionalLong asLong(Optional<Long> number) {
    return number.map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
