package io.sparkgate.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measures variants in turn, round by round and each round in another order, so that what disturbs
 * the machine disturbs all of them.
 */
public final class Rounds {

  /** One measurement of one variant. */
  @FunctionalInterface
  public interface Measurement<V, R> {
    R measure(V variant) throws Exception;
  }

  private Rounds() {}

  /** What each variant gave, in the order of the variants; progress goes to standard error. */
  public static <V, R> Map<V, List<R>> interleave(
      List<V> variants, int rounds, Measurement<V, R> measurement) throws Exception {
    Map<V, List<R>> results = new LinkedHashMap<>();
    variants.forEach(variant -> results.put(variant, new ArrayList<>()));
    Random random = new Random(1);
    for (int round = 1; round <= rounds; round++) {
      System.err.printf("round %d of %d%n", round, rounds);
      List<V> order = new ArrayList<>(variants);
      Collections.shuffle(order, random);
      for (V variant : order) {
        results.get(variant).add(measurement.measure(variant));
      }
    }
    return results;
  }

  /** The median. */
  public static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
