package io.sparkgate.sandbox.cluster;

import io.sparkgate.sandbox.spark.Directories;
import io.sparkgate.sandbox.template.ClusterBlueprint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cluster on this machine from its start to its end: its step installs the server, which starts
 * again where it fails, and stops itself where nobody uses it; then EMR ends the cluster.
 */
public final class RunningCluster implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /** What the server ends with when nobody used it; the script has it from the server, too. */
  private static final int UNUSED = 76;

  private final ClusterSettings settings;
  private final ClusterBlueprint cluster;
  private final ClusterNews news;
  private final int port;
  private final Path events;
  private final Path log;
  private final Thread thread = new Thread(this::live, "cluster");
  private volatile boolean closing;
  private volatile boolean answers;
  private volatile boolean terminated;
  private volatile @Nullable PrimaryNode node;
  private volatile @Nullable Thread step;
  private @Nullable Instant unusedSince;
  private int heard;
  private long process;

  private RunningCluster(ClusterSettings settings, ClusterNews news, int port) {
    this.settings = settings;
    this.cluster = settings.cluster();
    this.news = news;
    this.port = port;
    this.events = settings.directory().resolve("events");
    this.log = settings.directory().resolve("step.log");
    thread.setDaemon(true);
  }

  /** One that has its port, which is not the template's: that may be taken, and clusters be two. */
  public static RunningCluster of(ClusterSettings settings, ClusterNews news) throws IOException {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new RunningCluster(settings, news, free.getLocalPort());
    }
  }

  /** Starts it, and returns at once. */
  public void start() {
    thread.start();
  }

  /** The loopback port of the server; empty while it does not answer. */
  public OptionalInt server() {
    return answers ? OptionalInt.of(port) : OptionalInt.empty();
  }

  /** Whether there is a primary node, with a server on it or not. */
  public boolean isThere() {
    return !terminated;
  }

  /** Where the server listens when it does. */
  public int port() {
    return port;
  }

  private void live() {
    try {
      news.state(cluster.id(), "STARTING", "");
      PrimaryNode made = make();
      node = made;
      news.state(cluster.id(), "RUNNING", "the step " + cluster.install().logicalId());
      install(made);
      while (!closing && !isOver()) {
        Thread.sleep(POLL.toMillis());
        hear();
      }
    } catch (IOException | RuntimeException e) {
      news.news(cluster.id(), "could not be played: " + e);
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private PrimaryNode make() throws IOException {
    Directories.delete(settings.directory());
    Files.createDirectories(settings.directory());
    Files.writeString(events, "");
    Files.writeString(log, "");
    long heap = settings.memory().heapFor(wanted());
    String python = settings.python().commandFor(Map.of(), settings.directory());
    LocalSettings local =
        LocalSettings.of(cluster.install(), settings.clock(), heap, python, settings.directory());
    PrimaryNode made = PrimaryNode.make(settings, local, python, heap, events);
    List<String> overridden = local.overridden(cluster.install());
    news.news(
        cluster.id(),
        "the server listens on 127.0.0.1:%d, not on the step's %s"
            .formatted(port, cluster.install().option("--port").orElse("")));
    if (!overridden.isEmpty()) {
      news.news(cluster.id(), "this machine's, not the step's: " + String.join(", ", overridden));
    }
    return made;
  }

  private Map<String, String> wanted() {
    return cluster
        .install()
        .conf("spark.driver.memory")
        .map(memory -> Map.of("spark.driver.memory", memory))
        .orElse(Map.of());
  }

  private void install(PrimaryNode made) throws IOException, InterruptedException {
    var running = new Thread(() -> runStep(made), "cluster-step");
    running.setDaemon(true);
    step = running;
    running.start();
    while (running.isAlive() && !closing) {
      hear();
      running.join(POLL.toMillis());
    }
  }

  private void runStep(PrimaryNode made) {
    try {
      int code = made.run(cluster.install(), port, log);
      if (closing) {
        return;
      }
      if (code == 0) {
        news.state(cluster.id(), "WAITING", "the step is COMPLETED");
      } else {
        news.state(
            cluster.id(),
            "WAITING",
            "the step FAILED with %d, and with it the deployment: %s (log: %s)"
                .formatted(code, lastLine(log), log));
      }
    } catch (IOException e) {
      news.news(cluster.id(), "the step cannot be run: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String lastLine(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank()).reduce("", (first, second) -> second);
    }
  }

  /** What spark-submit and the server say, a line each. */
  private void hear() throws IOException {
    List<String> lines = Files.readAllLines(events);
    for (; heard < lines.size(); heard++) {
      String[] words = lines.get(heard).split(" ");
      switch (words[0]) {
        case "START" -> process = Long.parseLong(words[1]);
        case ClusterServer.READY -> {
          answers = true;
          news.news(cluster.id(), "the server takes calls (process %d)".formatted(process));
        }
        case "EXIT" -> ended(Integer.parseInt(words[1]));
        default -> {}
      }
    }
  }

  private void ended(int code) {
    answers = false;
    if (closing) {
      return;
    }
    if (code == UNUSED) {
      unusedSince = settings.clock().now();
      news.news(
          cluster.id(),
          "the server stopped itself, because nobody used it; "
              + cluster
                  .autoTermination()
                  .map(
                      after ->
                          "EMR ends the cluster after %d idle minutes".formatted(after.toMinutes()))
                  .orElse("no auto-termination ends the cluster, which goes on to cost"));
    } else {
      news.news(
          cluster.id(),
          "the server ended with %d, and systemd starts it again in %d s (log: %s)"
              .formatted(
                  code, PrimaryNode.RESTART.toSeconds(), Objects.requireNonNull(node).journal()));
    }
  }

  private boolean isOver() {
    Instant since = unusedSince;
    boolean due =
        since != null
            && cluster.autoTermination().isPresent()
            && !settings.clock().now().isBefore(since.plus(cluster.autoTermination().get()));
    if (due) {
      news.state(cluster.id(), "TERMINATING", "it was idle for its auto-termination");
      terminated = true;
      news.state(
          cluster.id(), "TERMINATED", "the stack's id of it is dead; a new cluster has another");
    }
    return due;
  }

  @Override
  public void close() {
    closing = true;
    answers = false;
    PrimaryNode made = node;
    Thread running = step;
    try {
      if (running != null) {
        running.interrupt();
        running.join();
      }
      if (made != null && Files.exists(made.journal())) {
        made.stop(log);
      }
      thread.interrupt();
      thread.join();
    } catch (IOException e) {
      news.news(cluster.id(), "could not be stopped: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
