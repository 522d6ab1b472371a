package io.sparkgate.day;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** What the functions call: the service behind it, or a refusal while that is asked for. */
final class Door implements AutoCloseable {

  /** The client sets them by itself, and lets nobody else. */
  private static final Set<String> OWN =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI service;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger throttled = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean shut;

  Door(URI service) throws IOException {
    this.service = service;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How many there were. */
  int calls() {
    return calls.get();
  }

  /** So many of the next calls are throttled. */
  void throttle(int calls) {
    throttled.set(calls);
  }

  /** Whether all calls are refused. */
  void shut(boolean other) {
    shut = other;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      calls.incrementAndGet();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (throttled.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        refuse(exchange, 429, "ThrottlingException");
        return;
      }
      if (shut) {
        refuse(exchange, 403, "AccessDeniedException");
        return;
      }
      HttpResponse<byte[]> response =
          HTTP.send(request(exchange, body), BodyHandlers.ofByteArray());
      response
          .headers()
          .firstValue("x-amzn-ErrorType")
          .ifPresent(type -> exchange.getResponseHeaders().set("x-amzn-ErrorType", type));
      answer(exchange, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest request(HttpExchange exchange, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(service.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return request.build();
  }

  private static void refuse(HttpExchange exchange, int status, String type) throws IOException {
    exchange.getResponseHeaders().set("x-amzn-ErrorType", type);
    answer(exchange, status, "{\"message\": \"Not now.\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
