package io.sparkgate.function.lifecycle;

import java.io.Serial;

/** Ends the request: CloudFormation shows the message to the one who deploys. */
final class LifecycleFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Without a stack trace, which would tell that person nothing. */
  LifecycleFailed(String message) {
    super(message, null, false, false);
  }
}
