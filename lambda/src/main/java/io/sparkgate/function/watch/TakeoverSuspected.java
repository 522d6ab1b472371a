package io.sparkgate.function.watch;

import java.io.Serial;

/** Somebody may act as another's session, or it could not be judged. */
final class TakeoverSuspected extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  TakeoverSuspected(String message) {
    super(message);
  }
}
