package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The one history server, from the first look at a session that has ended to the sandbox's end. */
final class HistoryServerProcess implements AutoCloseable {
  private static final long LIMIT_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long POLL_MILLIS = 100;

  private final Path javaHome;
  private final Path workDirectory;
  private final Path logs;
  private final HttpClient http = HttpClient.newHttpClient();

  // Guarded by this.
  private volatile @Nullable Process process;
  private @Nullable URI uri;
  private boolean closed;

  HistoryServerProcess(Path javaHome, Path workDirectory, Path logs) {
    this.javaHome = javaHome;
    this.workDirectory = workDirectory;
    this.logs = logs;
  }

  /** The page of an application, once the server has read its log. */
  URI pageOf(String application) throws IOException, InterruptedException {
    URI server = started();
    URI known = server.resolve("/api/v1/applications/" + application);
    long start = System.nanoTime();
    while (status(known) != 200) {
      if (System.nanoTime() - start > LIMIT_NANOS) {
        throw new IOException("it does not read " + logs.resolve(application));
      }
      Thread.sleep(POLL_MILLIS); // It looks for new logs once a second.
    }
    return server.resolve("/history/" + application + "/");
  }

  private int status(URI page) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(page).timeout(Duration.ofMinutes(1)).build();
    return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  /** Starts it, or again if somebody has ended it. */
  private synchronized URI started() throws IOException {
    if (closed) {
      throw new IOException("the sandbox stops");
    }
    Process running = process;
    URI there = uri;
    if (running != null && running.isAlive() && there != null) {
      return there;
    }
    Path log = workDirectory.resolve("logs").resolve("history-server.log");
    Files.createDirectories(log.getParent());
    running = DriverCommand.history(javaHome, logs, log).start();
    process = running;
    int port =
        running
            .inputReader(StandardCharsets.UTF_8)
            .lines()
            .flatMap(line -> Signal.parse(line).stream())
            .flatMap(signal -> signal instanceof Signal.Ready at ? Stream.of(at) : Stream.empty())
            .findFirst()
            .orElseThrow(() -> new IOException("it did not start (log: " + log + ")"))
            .port();
    there = URI.create("http://127.0.0.1:" + port);
    uri = there;
    return there;
  }

  @Override
  public void close() {
    Process running = process; // Who starts it holds the lock meanwhile, and ends with it.
    if (running != null) {
      running.destroyForcibly();
    }
    synchronized (this) {
      closed = true;
      if (process != null) {
        process.destroyForcibly().onExit().join();
      }
    }
  }
}
