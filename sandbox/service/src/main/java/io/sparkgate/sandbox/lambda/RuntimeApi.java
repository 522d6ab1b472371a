package io.sparkgate.sandbox.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import io.sparkgate.sandbox.http.LoopbackServer;
import io.sparkgate.sandbox.lambda.InvocationResult.Failure;
import io.sparkgate.sandbox.lambda.InvocationResult.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** Lambda's Runtime API for one process: gives it events and takes its answers. */
final class RuntimeApi implements AutoCloseable {

  private static final String BASE = "/2018-06-01/runtime/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String functionArn;
  private final BlockingQueue<Invocation> offered = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> open = new ConcurrentHashMap<>();
  private final CompletableFuture<InvocationResult> initFailure = new CompletableFuture<>();
  private final LoopbackServer server;

  RuntimeApi(String functionArn) throws IOException {
    this.functionArn = functionArn;
    server = LoopbackServer.start("runtime-api", 0, BASE, this::handle);
  }

  int port() {
    return server.address().getPort();
  }

  /** Completes when the runtime reports that the function could not be made. */
  CompletableFuture<InvocationResult> initFailure() {
    return initFailure;
  }

  void offer(Invocation invocation) {
    open.put(invocation.id(), invocation);
    offered.add(invocation);
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path = exchange.getRequestURI().getPath().substring(BASE.length()).split("/");
      switch (exchange.getRequestMethod() + " " + path[0] + " " + path[path.length - 1]) {
        case "GET invocation next" -> next(exchange);
        case "POST invocation response" -> result(exchange, path[1], new Response(body(exchange)));
        case "POST invocation error" -> result(exchange, path[1], failure(body(exchange)));
        case "POST init error" -> {
          initFailure.complete(failure(body(exchange)));
          accept(exchange);
        }
        default -> exchange.sendResponseHeaders(404, -1);
      }
    } catch (InterruptedException e) {
      // The sandbox ends. Closing without an answer is right: the client aborts on a 500.
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    Invocation invocation = offered.take();
    long deadline = System.currentTimeMillis() + invocation.timeout().toMillis();
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
    headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(deadline));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
    invocation.taken().complete(null);
    exchange.sendResponseHeaders(200, invocation.event().length);
    exchange.getResponseBody().write(invocation.event());
  }

  private void result(HttpExchange exchange, String id, InvocationResult result)
      throws IOException {
    Invocation invocation = open.remove(id);
    if (invocation == null) {
      exchange.sendResponseHeaders(400, -1);
      return;
    }
    invocation.result().complete(result);
    accept(exchange);
  }

  private static void accept(HttpExchange exchange) throws IOException {
    byte[] ok = "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(202, ok.length);
    exchange.getResponseBody().write(ok);
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      JsonNode json = JSON.readTree(body);
      return json.isMissingNode() ? JSON.nullNode() : json;
    } catch (IOException e) {
      return TextNode.valueOf(new String(body, StandardCharsets.UTF_8));
    }
  }

  private static Failure failure(JsonNode body) {
    return new Failure(
        body.path("errorType").asText("Unknown"), body.path("errorMessage").asText(""));
  }
}
