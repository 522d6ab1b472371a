package io.sparkgate.test.release;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A Maven repository as they are reached over HTTP: wants a password, and takes each file once. */
final class Registry implements AutoCloseable {

  static final String PASSWORD = "a-token-that-nobody-may-see";

  private final HttpServer server;
  private final Map<String, byte[]> files = new ConcurrentSkipListMap<>();

  Registry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/maven";
  }

  /** By their paths. */
  Map<String, byte[]> files() {
    return files;
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath().replaceFirst("^/maven/", "");
    boolean puts = exchange.getRequestMethod().equals("PUT");
    if (!("Basic " + basic()).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"maven\"");
      answer(exchange, 401, new byte[0]);
    } else if (!puts) {
      answer(exchange, files.containsKey(path) ? 200 : 404, files.getOrDefault(path, new byte[0]));
    } else if (files.containsKey(path) && !path.contains("maven-metadata")) {
      answer(exchange, 409, new byte[0]);
    } else {
      files.put(path, body);
      answer(exchange, 201, new byte[0]);
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  private static String basic() {
    byte[] credentials = ("aws:" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return Base64.getEncoder().encodeToString(credentials);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
