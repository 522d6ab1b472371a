package io.sparkgate.benchmark.cost;

import java.time.Duration;
import java.util.Random;

/**
 * Times of a log-normal distribution: half are shorter than the median, a few are much longer.
 *
 * @param sigma of the logarithm; at 1, one time in six is longer than 2.7 medians
 */
record Spread(Duration median, double sigma) {

  /** Whole seconds, at least one; the same on every platform. */
  long seconds(Random random) {
    double factor = StrictMath.exp(sigma * random.nextGaussian());
    return Math.max(1, Math.round(median.toSeconds() * factor));
  }

  Spread times(double factor) {
    return new Spread(Duration.ofMillis(Math.round(median.toMillis() * factor)), sigma);
  }
}
