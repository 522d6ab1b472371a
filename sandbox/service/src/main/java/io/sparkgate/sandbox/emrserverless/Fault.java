package io.sparkgate.sandbox.emrserverless;

import java.util.Set;

/** What the service answers instead of a result. */
final class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The service's error types and their HTTP statuses. */
  enum Kind {
    VALIDATION("ValidationException", 400),
    SERVICE_QUOTA_EXCEEDED("ServiceQuotaExceededException", 402),
    ACCESS_DENIED("AccessDeniedException", 403),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 403),
    EXPIRED_TOKEN("ExpiredTokenException", 403),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", 404),
    UNKNOWN_OPERATION("UnknownOperationException", 404),
    CONFLICT("ConflictException", 409),
    THROTTLING("ThrottlingException", 429),
    INTERNAL_SERVER("InternalServerException", 500);

    final String type;
    final int status;

    Kind(String type, int status) {
      this.type = type;
      this.status = status;
    }
  }

  private final Kind kind;

  Fault(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static Fault validation(String message) {
    return new Fault(Kind.VALIDATION, message);
  }

  static Fault notFound(String what, String id) {
    return new Fault(Kind.RESOURCE_NOT_FOUND, what + " " + id + " does not exist.");
  }

  static Fault conflict(String message) {
    return new Fault(Kind.CONFLICT, message);
  }

  /** For an application that is not in a state that the call needs. */
  static Fault status(String prefix, Set<ApplicationState> allowed, ApplicationState current) {
    return validation(prefix + " " + allowed + ". Current status: " + current);
  }

  Kind kind() {
    return kind;
  }
}
