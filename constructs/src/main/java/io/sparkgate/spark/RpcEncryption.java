package io.sparkgate.spark;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import java.util.List;

/**
 * AES on the calls between drivers and executors, which Spark authenticates by default but does not
 * encrypt. A default and no guardrail: whoever brings spark-defaults of his own goes without.
 */
public final class RpcEncryption implements Feature {

  private RpcEncryption() {}

  /**
   * Calls that are encrypted, and authenticated, without which Spark encrypts nothing.
   *
   * @return the setting
   */
  public static RpcEncryption on() {
    return new RpcEncryption();
  }

  @Override
  public List<Classification> settings(FeatureTarget target) {
    return SparkDefaults.of(
        Ordered.map(
            entry("spark.authenticate", "true"), entry("spark.network.crypto.enabled", "true")));
  }

  @Override
  public String toString() {
    return "RpcEncryption";
  }
}
