package io.sparkgate.spark;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import java.util.List;

/**
 * TLS between workers, each with a certificate of its own, of release 6.15.0 and later; Lake
 * Formation has it by itself. A default and no guardrail: whoever brings spark-defaults of his own
 * goes without.
 */
public final class InterWorkerTls implements Feature {

  private InterWorkerTls() {}

  /**
   * Mutual TLS between drivers and executors.
   *
   * @return the setting
   */
  public static InterWorkerTls on() {
    return new InterWorkerTls();
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    return SparkDefaults.of(Ordered.map(entry("spark.ssl.internode.enabled", "true")));
  }

  @Override
  public List<String> problems(FeatureTarget target) {
    return SparkDefaults.before("6.15.0", target, this);
  }

  @Override
  public String toString() {
    return "InterWorkerTls";
  }
}
