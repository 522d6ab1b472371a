package io.sparkgate.server;

import org.apache.spark.connect.proto.UserContext;
import org.jspecify.annotations.Nullable;

/** What all requests of Spark Connect have, though they have no type in common. */
final class Requests {
  private Requests() {}

  /** {@code user_id} as the client says it; null where a request has no such thing. */
  static @Nullable String user(Object request) {
    return get(request, "getUserContext") instanceof UserContext user ? user.getUserId() : null;
  }

  /** {@code client_type}, the user agent; empty where the client says none. */
  static String client(Object request) {
    return get(request, "getClientType") instanceof String client ? client : "";
  }

  private static @Nullable Object get(Object request, String getter) {
    try {
      return request.getClass().getMethod(getter).invoke(request);
    } catch (ReflectiveOperationException e) {
      return null; // No request of Spark Connect.
    }
  }
}
