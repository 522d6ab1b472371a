package io.sparkgate.function.cluster.reaper;

import java.io.Serial;

/**
 * Something in a sweep failed. Thrown last, so that the Errors metric and the dead-letter queue of
 * the function know of what the records tell.
 */
final class ClusterSweepFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ClusterSweepFailed(String message) {
    super(message);
  }
}
