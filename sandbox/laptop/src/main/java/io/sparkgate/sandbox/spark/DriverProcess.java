package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.emrserverless.Drivers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A driver from its start to its end, and the directory it lives in. */
final class DriverProcess implements Drivers.Driver, Runnable {
  private static final int SECONDS_TO_STOP = 10;

  private final Path javaHome;
  private final SessionHistory history;
  private final List<String> flags;
  private final WorkerPython python;
  private final Path directory;
  private final Path log;
  private final Conf conf;
  private final Drivers.Listener listener;

  // Guarded by this.
  private @Nullable Process process;
  private boolean stopped;

  // Of the thread that runs.
  private @Nullable String failure;

  DriverProcess(
      Path javaHome,
      SessionHistory history,
      List<String> flags,
      WorkerPython python,
      Path directory,
      Path log,
      Conf conf,
      Drivers.Listener listener) {
    this.javaHome = javaHome;
    this.history = history;
    this.flags = flags;
    this.python = python;
    this.directory = directory;
    this.log = log;
    this.conf = conf;
    this.listener = listener;
  }

  /** Runs the process to its end and tells the listener all about it. */
  @Override
  public void run() {
    String reason;
    try {
      reason = live();
    } catch (IOException | RuntimeException e) {
      reason = "The driver could not be run: " + e.getMessage();
    }
    history.keep(directory.getFileName().toString(), directory);
    Directories.delete(directory);
    listener.ended(reason);
  }

  private String live() throws IOException {
    Process driver;
    synchronized (this) {
      if (stopped) {
        return "Stopped on request";
      }
      driver = start();
      process = driver;
    }
    try (var lines = driver.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(line -> Signal.parse(line).ifPresent(this::hear));
    } finally {
      // Its output has ended, and so has it; or the listener threw, and nobody listens any more.
      driver.destroyForcibly().onExit().join();
    }
    return whyEnded(driver.exitValue());
  }

  private Process start() throws IOException {
    Map<String, String> settings = conf.make();
    ProcessBuilder command = DriverCommand.of(javaHome, flags, settings, directory, log);
    // For the server, which takes no conf's word for it.
    command.environment().put("PYSPARK_PYTHON", python.commandFor(settings, directory));
    return command.start();
  }

  private void hear(Signal signal) {
    if (signal instanceof Signal.Ready ready) {
      listener.ready(ready.port(), ready.sparkUi());
    } else if (signal instanceof Signal.Busy) {
      listener.busy();
    } else if (signal instanceof Signal.Idle idle) {
      listener.idle(idle.since());
    } else if (signal instanceof Signal.Failed failed) {
      failure = failed.reason();
    }
  }

  private synchronized String whyEnded(int exitCode) {
    if (stopped) {
      return "Stopped on request";
    }
    String reason = failure == null ? "The driver exited with code " + exitCode : failure;
    return reason + " (log: " + log + ")";
  }

  @Override
  public synchronized void stop() {
    Process driver = process;
    if (!stopped && driver != null) {
      try {
        driver.getOutputStream().close();
      } catch (IOException e) {
        driver.destroyForcibly();
      }
      CompletableFuture.delayedExecutor(SECONDS_TO_STOP, TimeUnit.SECONDS)
          .execute(driver::destroyForcibly);
    }
    stopped = true;
  }

  /** The Spark conf, which may have to wait for a catalog: so the driver's thread makes it. */
  @FunctionalInterface
  interface Conf {
    Map<String, String> make() throws IOException;
  }
}
