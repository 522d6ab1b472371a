package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.ServiceCallException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A call to the service that failed for good, or an answer that cannot be read; retries, where they
 * make sense, are behind it.
 */
class CallFailed extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final String type;

  /**
   * Keeps what the service said.
   *
   * @param type the service's error code, or the name of the exception where it gave none
   */
  CallFailed(@Nullable String type, @Nullable String message, Exception cause) {
    super(message == null ? "no message" : message, cause);
    this.type = type == null ? cause.getClass().getSimpleName() : type;
  }

  /** What is wrong with an answer. */
  CallFailed(ServiceCallException e) {
    this(e.type(), e.said(), e);
  }

  private CallFailed(String type, String message) {
    super(message);
    this.type = type;
  }

  String type() {
    return type;
  }

  /** The sweep's time ended before the call did: nobody's fault. */
  static final class OutOfTime extends CallFailed {
    @Serial private static final long serialVersionUID = 1;

    OutOfTime() {
      super("OutOfTime", "the sweep ran out of time");
    }
  }

  /** The service takes no more requests of this operation now: the call is to be made again. */
  static final class Throttled extends CallFailed {
    @Serial private static final long serialVersionUID = 1;

    private final Operation operation;

    Throttled(Operation operation) {
      super("Throttled", "the service takes no more requests now");
      this.operation = operation;
    }

    Operation operation() {
      return operation;
    }
  }
}
