package io.sparkgate.function.watch;

import java.io.Serial;

/** Something is to be put right by hand, or could not be looked at. */
final class SessionGuardFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  SessionGuardFailed(String message) {
    super(message);
  }
}
