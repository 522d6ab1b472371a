package io.sparkgate.spark;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Ordered;
import java.util.Map;

/**
 * Settings that sessions start with, under the name of the file or component they belong to.
 *
 * <p>They are defaults and no guardrail: a session that brings the same classification replaces all
 * of it.
 *
 * @param name for example {@code spark-executor-log4j2}
 * @param properties at most 100; keys are letters first, then letters, digits or {@code -_.};
 *     values are at most 1024 characters
 */
public record Classification(String name, Map<String, String> properties) {

  /**
   * Copies the properties.
   *
   * @param name the name
   * @param properties the settings
   */
  public Classification {
    requireNonNull(name, "name");
    properties = Ordered.sorted(properties);
  }

  /**
   * A classification.
   *
   * @param name for example {@code core-site}
   * @param properties the settings
   * @return the classification
   */
  public static Classification of(String name, Map<String, String> properties) {
    return new Classification(name, properties);
  }
}
