package io.sparkgate.benchmark.service;

/**
 * A token bucket's size, in calls.
 *
 * @param perSecond how many come back each second
 * @param burst how many it holds at most, and at first
 */
public record Rate(double perSecond, double burst) {

  public Rate {
    if (!(perSecond > 0 && burst >= 1)) {
      throw new IllegalArgumentException(
          "%s calls a second with a burst of %s; allowed: more than 0, and at least 1"
              .formatted(perSecond, burst));
    }
  }
}
