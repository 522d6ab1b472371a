package io.sparkgate.sandbox.metrics;

import java.time.Instant;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/**
 * Values over time under a label.
 *
 * @param values by the begins of their periods; empty where there is no data
 */
public record Line(String label, NavigableMap<Instant, Double> values) {

  Line labelled(String other) {
    return new Line(other, values);
  }

  /** With another line, where both have a value. */
  Line with(Line other, DoubleBinaryOperator operator) {
    NavigableMap<Instant, Double> both = new TreeMap<>();
    values.forEach(
        (time, value) -> {
          Double beside = other.values().get(time);
          if (beside != null) {
            both.put(time, operator.applyAsDouble(value, beside));
          }
        });
    return new Line(label, both);
  }
}
