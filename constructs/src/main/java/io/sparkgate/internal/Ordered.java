package io.sparkgate.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Maps whose order is written down. {@code Map.of} and {@code Map.copyOf} have another order in
 * each JVM, and with it the template would have another hash at each synthesis.
 */
public final class Ordered {

  private Ordered() {}

  /** In the order of the arguments. */
  @SafeVarargs
  public static <V> Map<String, V> map(Map.Entry<String, ? extends V>... entries) {
    Map<String, V> map = new LinkedHashMap<>();
    for (Map.Entry<String, ? extends V> entry : entries) {
      map.put(entry.getKey(), entry.getValue());
    }
    return Collections.unmodifiableMap(map);
  }

  /** A copy in the order of the keys, however the map that a user gave is ordered. */
  public static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
