package io.sparkgate.function.aws;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A call that failed after the client's own retries, or an answer that cannot be read, and what
 * that means for the caller. Its message is one line.
 */
public final class ServiceCallException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  /** What to make of it. */
  public enum Kind {
    /** The service takes no more requests of this operation now. */
    THROTTLED,
    /** What the call is about is not there. */
    NOT_FOUND,
    /** The role of the function may not. */
    DENIED,
    /** The invocation has no time for it: nobody's fault. */
    OUT_OF_TIME,
    /** It failed in the service, got no answer, or is refused as things are. */
    OTHER
  }

  private final Kind kind;
  private final String operation;
  private final String type;
  private final String said;

  ServiceCallException(
      Kind kind, String operation, String type, String message, @Nullable Exception cause) {
    super("%s: %s: %s".formatted(operation, type, message).replaceAll("\\s+", " "), cause);
    this.kind = kind;
    this.operation = operation;
    this.type = type;
    this.said = message;
  }

  public Kind kind() {
    return kind;
  }

  /** Its name as in IAM, without the service's. */
  public String operation() {
    return operation;
  }

  /** The service's error code, or a word for what is wrong with its answer. */
  public String type() {
    return type;
  }

  /** All that was said, without operation and type: the request's id too, where it got one. */
  public String said() {
    return getCause() == null ? said : String.valueOf(getCause().getMessage());
  }
}
