package io.sparkgate.benchmark.service;

/**
 * How often an operation was called.
 *
 * @param calls all of them, those that were rejected too
 * @param rejected for exceeding the rate
 */
public record Count(long calls, long rejected) {

  static final Count ZERO = new Count(0, 0);

  Count plus(boolean wasRejected) {
    return new Count(calls + 1, rejected + (wasRejected ? 1 : 0));
  }

  /** Both added up. */
  public Count plus(Count other) {
    return new Count(calls + other.calls, rejected + other.rejected);
  }
}
