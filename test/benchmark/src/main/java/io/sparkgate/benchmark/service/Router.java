package io.sparkgate.benchmark.service;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a request to its answer, within the rates; for one thread. */
final class Router {

  private static final String ROOT = "applications";
  private static final String SESSIONS = "sessions";

  private final Store store;
  private final Api api;
  private final Map<Operation, TokenBucket> buckets = new EnumMap<>(Operation.class);
  private final Map<Operation, Count> counts = new EnumMap<>(Operation.class);

  Router(Store store, Map<Operation, Rate> rates) {
    this.store = store;
    this.api = new Api(store);
    rates.forEach((operation, rate) -> buckets.put(operation, new TokenBucket(rate)));
  }

  /**
   * What is sent back.
   *
   * @param error the type, where it is one
   */
  record Answer(int status, @Nullable String error, byte[] body) {}

  Store store() {
    return store;
  }

  Map<Operation, Count> counts() {
    Map<Operation, Count> all = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      all.put(operation, counts.getOrDefault(operation, Count.ZERO));
    }
    return all;
  }

  Answer answer(HttpRequest request) {
    try {
      return new Answer(200, null, result(request));
    } catch (Refused e) {
      byte[] body =
          Json.object(json -> json.writeStringField("message", String.valueOf(e.getMessage())));
      return new Answer(e.status(), e.type(), body);
    }
  }

  private byte[] result(HttpRequest request) throws Refused {
    QueryStringDecoder uri = new QueryStringDecoder(request.uri());
    String[] path = uri.path().substring(1).split("/");
    Operation operation = operation(request.method(), path);
    TokenBucket bucket = buckets.get(operation);
    boolean throttled = bucket != null && !bucket.take();
    counts.merge(
        operation, Count.ZERO.plus(throttled), (before, ignored) -> before.plus(throttled));
    if (throttled) {
      throw Refused.throttled();
    }
    String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    if (!authorization.startsWith("AWS4-HMAC-SHA256 ")) {
      throw Refused.notSigned();
    }
    return switch (operation) {
      case LIST_APPLICATIONS -> api.listApplications(new Query(uri.parameters()));
      case LIST_SESSIONS -> api.listSessions(path[1], new Query(uri.parameters()));
      case GET_SESSION -> api.getSession(path[1], path[3]);
      case TERMINATE_SESSION -> api.terminateSession(path[1], path[3]);
    };
  }

  private static Operation operation(HttpMethod method, String[] path) throws Refused {
    boolean get = method.equals(HttpMethod.GET);
    boolean known = path[0].equals(ROOT) && (path.length < 3 || path[2].equals(SESSIONS));
    if (known && get && path.length == 1) {
      return Operation.LIST_APPLICATIONS;
    }
    if (known && get && path.length == 3) {
      return Operation.LIST_SESSIONS;
    }
    if (known && get && path.length == 4) {
      return Operation.GET_SESSION;
    }
    if (known && method.equals(HttpMethod.DELETE) && path.length == 4) {
      return Operation.TERMINATE_SESSION;
    }
    throw Refused.unknownOperation();
  }
}
