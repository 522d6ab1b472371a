package io.sparkgate.sandbox.sts;

/** What the service answers instead of a result. */
final class Fault extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  /**
   * A refusal.
   *
   * @param code what SDKs show as the error's code, for example {@code AccessDenied}
   */
  Fault(String code, int status, String message) {
    super(message);
    this.code = code;
    this.status = status;
  }

  static Fault validation(String message) {
    return new Fault("ValidationError", 400, message);
  }

  static Fault denied(String message) {
    return new Fault("AccessDenied", 403, message);
  }

  String code() {
    return code;
  }

  int status() {
    return status;
  }
}
