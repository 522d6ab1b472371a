package io.sparkgate.sandbox.metrics;

import java.util.Map;
import java.util.TreeMap;

/** A metric: it is another one with each other set of dimensions. */
public record MetricId(String namespace, String name, Map<String, String> dimensions) {

  public MetricId {
    dimensions = Map.copyOf(dimensions);
  }

  @Override
  public String toString() {
    return namespace + " " + name + " " + new TreeMap<>(dimensions);
  }
}
