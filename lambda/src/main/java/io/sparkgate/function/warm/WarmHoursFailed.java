package io.sparkgate.function.warm;

import java.io.Serial;

/** The application could not be looked at, or does not do as it is told. */
final class WarmHoursFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  WarmHoursFailed(String message) {
    super(message);
  }
}
