package io.sparkgate.sandbox.json11;

import io.sparkgate.sandbox.http.Answer;
import java.util.Optional;

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

  /**
   * Of an operation that is not played.
   *
   * @param service for example {@code EventBridge}
   * @param played the operations that are
   */
  public static Fault unknownOperation(String service, String operation, String played) {
    return of(
        "UnknownOperationException",
        "The sandbox's %s has no operation %s; it plays %s.".formatted(service, operation, played));
  }

  /**
   * Refuses a caller who may not do it.
   *
   * @param denial what access control says against it, if anything
   */
  public static void ifDenied(Optional<String> denial) throws Fault {
    if (denial.isPresent()) {
      throw of("AccessDeniedException", denial.get());
    }
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
