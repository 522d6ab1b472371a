package io.sparkgate.function.stub;

/**
 * An error answer.
 *
 * @param status of HTTP
 * @param type as in the header {@code x-amzn-ErrorType}
 */
public record Fault(int status, String type, String message) {
  public static final Fault THROTTLED = new Fault(429, "ThrottlingException", "Rate exceeded");
  public static final Fault INTERNAL =
      new Fault(500, "InternalServerException", "Internal server error");
  public static final Fault QUOTA =
      new Fault(402, "ServiceQuotaExceededException", "Quota exceeded");
  public static final Fault DENIED =
      new Fault(403, "AccessDeniedException", "User is not authorized");
  public static final Fault INVALID =
      new Fault(400, "ValidationException", "The request is not valid in this state");
  public static final Fault NOT_FOUND =
      new Fault(404, "ResourceNotFoundException", "The resource does not exist");

  /** No answer: the connection is closed. */
  public static final Fault BROKEN = new Fault(0, "", "");
}
