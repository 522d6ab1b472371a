package io.sparkgate.function.lifecycle;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last error of a request, for the message when its deadline has passed. Kept as long as Lambda
 * keeps the function, which between two calls for one request is nearly always; only the message
 * depends on it.
 */
final class Troubles {

  private @Nullable String requestId;
  private @Nullable String error;

  synchronized void add(String requestId, String error) {
    this.requestId = requestId;
    this.error = error;
  }

  synchronized Optional<String> last(String requestId) {
    return requestId.equals(this.requestId) ? Optional.ofNullable(error) : Optional.empty();
  }
}
