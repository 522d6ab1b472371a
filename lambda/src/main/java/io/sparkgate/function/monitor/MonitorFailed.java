package io.sparkgate.function.monitor;

import java.io.Serial;

/**
 * Something in a pass failed. Thrown last, so that the Errors metric of the function knows of what
 * the records tell.
 */
final class MonitorFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  MonitorFailed(String message) {
    super(message);
  }
}
