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

/** What the functions call: the service behind it, or a throttled answer while it is shut. */
final class Door implements AutoCloseable {

  /** The client sets them by itself, and lets nobody else. */
  private static final Set<String> OWN =
      Set.of("host", "content-length", "connection", "expect", "upgrade");

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI service;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
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

  void shut(boolean other) {
    shut = other;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (shut) {
        exchange.getResponseHeaders().set("x-amzn-ErrorType", "ThrottlingException");
        answer(exchange, 429, "{\"message\": \"Rate exceeded\"}".getBytes(StandardCharsets.UTF_8));
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
