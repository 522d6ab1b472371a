package io.sparkgate.function.stub;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a request to its answer, in the service's rest-json. */
final class Router {

  private static final Pattern PATH =
      Pattern.compile("/applications/([^/]+)(?:/(sessions|jobruns|start|stop)(?:/([^/]+))?)?");

  private final Results results;
  private final Stub stub;
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  /**
   * The way to what is in the store.
   *
   * @param stub that hears the calls
   */
  Router(Store store, Stub stub) {
    this.results = new Results(store);
    this.stub = stub;
  }

  private record Answer(int status, Optional<String> errorType, Map<String, Object> body) {}

  void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      answer(exchange, answerTo(exchange));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The most requests that were under way at once; one is no more when its answer is sent. */
  int mostAtOnce() {
    return mostAtOnce.get();
  }

  private Answer answerTo(HttpExchange exchange) throws InterruptedException {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try {
      Call call = call(exchange);
      Map<String, Object> instead = stub.hear(call);
      Map<String, Object> body = new LinkedHashMap<>(results.of(call));
      body.putAll(instead);
      return new Answer(200, Optional.empty(), body);
    } catch (Refused refused) {
      Fault fault = refused.fault();
      return new Answer(
          fault.status(), Optional.of(fault.type()), Map.of("message", fault.message()));
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private static Call call(HttpExchange exchange) throws Refused {
    Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
    if (!path.matches()) {
      throw new Refused(new Fault(404, "UnknownOperationException", "No such operation"));
    }
    String part = path.group(2) == null ? "" : path.group(2);
    String id = path.group(3) == null ? "" : path.group(3);
    return Requests.call(
        exchange,
        operation(exchange.getRequestMethod(), part, !id.isEmpty()),
        path.group(1),
        id,
        Requests.query(exchange.getRequestURI().getRawQuery()));
  }

  private static Operation operation(String method, String part, boolean ofOne) throws Refused {
    return switch (method + " " + part + (ofOne ? " one" : "")) {
      case "GET " -> Operation.GET_APPLICATION;
      case "POST start" -> Operation.START_APPLICATION;
      case "POST stop" -> Operation.STOP_APPLICATION;
      case "GET sessions" -> Operation.LIST_SESSIONS;
      case "GET sessions one" -> Operation.GET_SESSION;
      case "DELETE sessions one" -> Operation.TERMINATE_SESSION;
      case "GET jobruns" -> Operation.LIST_JOB_RUNS;
      case "GET jobruns one" -> Operation.GET_JOB_RUN;
      case "DELETE jobruns one" -> Operation.CANCEL_JOB_RUN;
      default -> throw new Refused(new Fault(404, "UnknownOperationException", method));
    };
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    if (answer.status() == Fault.BROKEN.status()) {
      // Closed without a word.
      return;
    }
    byte[] bytes = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asBytes(answer.body());
    Headers headers = exchange.getResponseHeaders();
    answer.errorType().ifPresent(type -> headers.set("x-amzn-ErrorType", type));
    headers.set("Content-Type", "application/json");
    headers.set("x-amzn-RequestId", "stub-request");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
