package io.sparkgate.benchmark.start;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Lambda's <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 * for one process, with a stopwatch.
 */
final class RuntimeApi implements AutoCloseable {

  private static final String BASE = "/2018-06-01/runtime/";

  /** As long as the time between two sweeps by default. */
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  static {
    // Without it, each answer waits for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final BlockingQueue<Long> asked = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final HttpServer server;

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "runtime-api");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext(BASE, this::handle);
    server.start();
  }

  /**
   * What the function answered.
   *
   * @param time its arrival, by {@link System#nanoTime}
   * @param failed whether it is an error, of an invocation or of the start
   */
  record Answer(long time, boolean failed, String body) {}

  /** Host and port, as the function's environment gives it. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** When the function asked for an event, by {@link System#nanoTime}; once for each. */
  BlockingQueue<Long> asked() {
    return asked;
  }

  BlockingQueue<Answer> answers() {
    return answers;
  }

  void offer(String event) {
    events.add(event);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    long time = System.nanoTime();
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.endsWith("/invocation/next")) {
        asked.add(time);
        give(exchange, events.take());
      } else {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        answers.add(new Answer(time, path.endsWith("/error"), body));
        send(exchange, 202, "{\"status\":\"OK\"}");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void give(HttpExchange exchange, String event) throws IOException {
    long deadline = System.currentTimeMillis() + TIMEOUT.toMillis();
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", "00000000-0000-0000-0000-000000000000");
    headers.set("Lambda-Runtime-Deadline-Ms", String.valueOf(deadline));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:123456789012:function:reaper");
    send(exchange, 200, event);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
