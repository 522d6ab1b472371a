package io.sparkgate.sandbox.json11;

import io.sparkgate.sandbox.http.Answer;

/** What a service answers instead of a result. */
public final class Fault extends Exception {
  private static final long serialVersionUID = 1L;

  private final String type;
  private final int status;

  private Fault(String type, int status, String message) {
    super(message);
    this.type = type;
    this.status = status;
  }

  /**
   * A refusal.
   *
   * @param type what SDKs show as the error's code, for example {@code AccessDeniedException}
   */
  public static Fault of(String type, String message) {
    return new Fault(type, 400, message);
  }

  static Fault internal() {
    return new Fault("InternalServerError", 500, Answer.OUR_FAULT);
  }

  String type() {
    return type;
  }

  int status() {
    return status;
  }
}
