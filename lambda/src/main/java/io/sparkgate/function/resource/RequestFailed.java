package io.sparkgate.function.resource;

import java.io.Serial;

/** Ends the request: CloudFormation shows the message to the one who deploys. */
public final class RequestFailed extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Without a stack trace, which would tell that person nothing. */
  public RequestFailed(String message) {
    super(message, null, false, false);
  }
}
