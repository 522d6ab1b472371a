package io.sparkgate.benchmark.service;

/** Starts full. */
final class TokenBucket {

  private final Rate rate;
  private double tokens;
  private long last = System.nanoTime();

  TokenBucket(Rate rate) {
    this.rate = rate;
    this.tokens = rate.burst();
  }

  boolean take() {
    long now = System.nanoTime();
    tokens = Math.min(rate.burst(), tokens + (now - last) / 1e9 * rate.perSecond());
    last = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
