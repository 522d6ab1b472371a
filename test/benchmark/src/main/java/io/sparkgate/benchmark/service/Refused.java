package io.sparkgate.benchmark.service;

import java.io.Serial;

/** The service's way to say no. Has no stack trace, since thousands of them come in a second. */
final class Refused extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final int status;
  private final String type;

  private Refused(int status, String type, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
  }

  static Refused invalid(String message) {
    return new Refused(400, "ValidationException", message);
  }

  static Refused notSigned() {
    return new Refused(403, "MissingAuthenticationTokenException", "The request is not signed");
  }

  static Refused notFound(String what) {
    return new Refused(404, "ResourceNotFoundException", what + " does not exist");
  }

  static Refused unknownOperation() {
    return new Refused(404, "UnknownOperationException", "There is no such operation");
  }

  static Refused throttled() {
    return new Refused(429, "ThrottlingException", "Rate exceeded");
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }
}
