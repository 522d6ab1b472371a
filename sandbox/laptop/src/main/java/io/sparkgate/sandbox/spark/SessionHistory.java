package io.sparkgate.sandbox.spark;

import com.sun.net.httpserver.HttpExchange;
import io.sparkgate.sandbox.http.LoopbackServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What sessions that have ended left in Spark's event logs, shown by Spark's own history server.
 * Its addresses are good at once: who opens the first waits until the server has started.
 */
final class SessionHistory implements AutoCloseable {
  private static final String PATH = "/history/";

  private final Path logs;
  private final HistoryServerProcess process;
  private final LoopbackServer front;
  private final Map<String, String> applications = new ConcurrentHashMap<>();

  /**
   * Starts nothing but a port.
   *
   * @param workDirectory has the event logs in {@code events}
   */
  SessionHistory(Path workDirectory, Path javaHome) {
    logs = workDirectory.resolve("events");
    process = new HistoryServerProcess(javaHome, workDirectory, logs);
    try {
      front = LoopbackServer.start("history", 0, PATH, this::lead);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes over what a session has written that is over, before its directory goes. */
  void keep(String sessionId, Path sessionDirectory) {
    try (Stream<Path> written = Files.list(LocalConf.eventsOf(sessionDirectory))) {
      for (Path log : (Iterable<Path>) written.filter(Files::isRegularFile)::iterator) {
        // It is complete as it is, even if its driver had no time to say so.
        String application = log.getFileName().toString().replace(".inprogress", "");
        if (!application.startsWith(".")) {
          Files.createDirectories(logs);
          Files.move(log, logs.resolve(application), StandardCopyOption.REPLACE_EXISTING);
          applications.put(sessionId, application);
        }
      }
    } catch (IOException e) {
      // It ended before it wrote any.
    }
  }

  /** Where to look at a session that is over; empty if it left nothing. */
  Optional<String> url(String sessionId) {
    return Optional.ofNullable(applications.get(sessionId))
        .map(
            any ->
                "http://127.0.0.1:%d%s%s/".formatted(front.address().getPort(), PATH, sessionId));
  }

  private void lead(HttpExchange exchange) throws IOException {
    try (exchange) {
      String rest = exchange.getRequestURI().getPath().substring(PATH.length());
      String application = applications.get(rest.replaceAll("/.*", ""));
      if (application == null) {
        say(exchange, 404, "The sandbox has no history of this session.");
        return;
      }
      try {
        URI page = process.pageOf(application);
        exchange.getResponseHeaders().put("Location", List.of(page.toString()));
        exchange.sendResponseHeaders(302, -1);
      } catch (IOException e) {
        say(exchange, 502, "The history server does not answer: " + e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void say(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    process.close();
    front.close();
  }
}
