package io.sparkgate.function.stub;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a request to its answer, in the service's rest-json. */
final class Router implements HttpHandler {

  private static final Pattern PATH =
      Pattern.compile("/applications/([^/]+)/sessions(?:/([^/]+))?");
  private static final Pattern SCOPE = Pattern.compile("Credential=([^/]+)/\\d{8}/([^,]+),");
  private static final int MAX_PAGE = 50;

  private final Store store;
  private final List<Call> calls;
  private final List<Injection> injections;
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  Router(Store store, List<Call> calls, List<Injection> injections) {
    this.store = store;
    this.calls = calls;
    this.injections = injections;
  }

  /** Ends the handling of a request with an error answer. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Fault fault;

    Refused(Fault fault) {
      this.fault = fault;
    }
  }

  private record Answer(int status, Optional<String> errorType, Map<String, Object> body) {}

  @Override
  public void handle(HttpExchange exchange) throws IOException {
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
      calls.add(call);
      inject(call);
      return new Answer(200, Optional.empty(), result(call));
    } catch (Refused refused) {
      Fault fault = refused.fault;
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
    String authorization =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    Matcher scope = SCOPE.matcher(authorization);
    boolean signed = authorization.startsWith("AWS4-HMAC-SHA256 ") && scope.find();
    return new Call(
        operation(exchange.getRequestMethod(), path.group(2) != null),
        path.group(1),
        path.group(2) == null ? "" : path.group(2),
        query(exchange.getRequestURI().getRawQuery()),
        signed ? scope.group(1) : "",
        signed ? scope.group(2) : "");
  }

  private static Operation operation(String method, boolean ofOne) throws Refused {
    return switch (method + (ofOne ? " one" : " all")) {
      case "GET all" -> Operation.LIST_SESSIONS;
      case "GET one" -> Operation.GET_SESSION;
      case "DELETE one" -> Operation.TERMINATE_SESSION;
      default -> throw new Refused(new Fault(404, "UnknownOperationException", method));
    };
  }

  private void inject(Call call) throws Refused, InterruptedException {
    for (Injection injection : injections) {
      if (injection.takes(call)) {
        Optional<Fault> fault = injection.perform();
        if (fault.isPresent()) {
          throw new Refused(fault.get());
        }
        return;
      }
    }
  }

  private Map<String, Object> result(Call call) throws Refused {
    return switch (call.operation()) {
      case LIST_SESSIONS -> list(call);
      case GET_SESSION ->
          Map.of(
              "session",
              found(store.show(call.application(), call.session())).details(call.application()));
      case TERMINATE_SESSION -> {
        StubSession session = found(store.find(call.application(), call.session()));
        store.put(call.application(), session.withState("TERMINATING"));
        yield Map.of("applicationId", call.application(), "sessionId", call.session());
      }
    };
  }

  private static StubSession found(Optional<StubSession> session) throws Refused {
    return session.orElseThrow(() -> new Refused(Fault.NOT_FOUND));
  }

  private Map<String, Object> list(Call call) throws Refused {
    if (!store.has(call.application())) {
      throw new Refused(Fault.NOT_FOUND);
    }
    List<StubSession> matching =
        store.sessions(call.application()).stream().filter(filter(call.query())).toList();
    int size = one(call.query(), "maxResults").map(Integer::parseInt).orElse(MAX_PAGE);
    if (size < 1 || size > MAX_PAGE) {
      throw new Refused(new Fault(400, "ValidationException", "maxResults must be 1 to 50"));
    }
    int from = one(call.query(), "nextToken").map(Integer::parseInt).orElse(0);
    int to = Math.min(from + size, matching.size());
    Map<String, Object> page = new LinkedHashMap<>();
    page.put(
        "sessions",
        matching.subList(from, to).stream()
            .map(session -> session.summary(call.application()))
            .toList());
    if (to < matching.size()) {
      page.put("nextToken", String.valueOf(to));
    }
    return page;
  }

  private static Predicate<StubSession> filter(Map<String, List<String>> query) {
    List<String> states = query.getOrDefault("states", List.of());
    Instant after = one(query, "createdAtAfter").map(Instant::parse).orElse(Instant.MIN);
    Instant before = one(query, "createdAtBefore").map(Instant::parse).orElse(Instant.MAX);
    return session ->
        (states.isEmpty() || states.contains(session.state()))
            && session.createdAt().isAfter(after)
            && session.createdAt().isBefore(before);
  }

  private static Optional<String> one(Map<String, List<String>> query, String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  private static Map<String, List<String>> query(@Nullable String raw) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&")) {
        String[] parts = pair.split("=", 2);
        String value = URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
        query.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(value);
      }
    }
    return query;
  }

  private static void answer(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = JSON.std.asBytes(answer.body());
    Headers headers = exchange.getResponseHeaders();
    answer.errorType().ifPresent(type -> headers.set("x-amzn-ErrorType", type));
    headers.set("Content-Type", "application/json");
    headers.set("x-amzn-RequestId", "stub-request");
    exchange.sendResponseHeaders(answer.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
