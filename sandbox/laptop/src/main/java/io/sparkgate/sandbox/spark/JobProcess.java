package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.emrserverless.JobDrivers;
import io.sparkgate.sandbox.emrserverless.JobDrivers.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An attempt of a job run from its start to its end, and the directory it lives in. */
final class JobProcess implements JobDrivers.Driver, Runnable {
  private final Path javaHome;
  private final SessionHistory history;
  private final List<String> flags;
  private final WorkerPython python;
  private final Catalogs catalogs;
  private final Path directory;
  private final JobOutput output;
  private final Job job;
  private final JobDrivers.Listener listener;

  // Guarded by this.
  private @Nullable Process process;
  private List<ProcessHandle> children = List.of();
  private boolean stopped;

  JobProcess(
      Path javaHome,
      SessionHistory history,
      List<String> flags,
      WorkerPython python,
      Catalogs catalogs,
      Path directory,
      Path log,
      Job job,
      JobDrivers.Listener listener) {
    this.javaHome = javaHome;
    this.history = history;
    this.flags = flags;
    this.python = python;
    this.catalogs = catalogs;
    this.directory = directory;
    this.output = new JobOutput(directory.resolve("stdout"), directory.resolve("stderr"), log);
    this.job = job;
    this.listener = listener;
  }

  /** Runs the process to its end and tells the listener all about it. */
  @Override
  public void run() {
    Optional<String> failure;
    try {
      failure = live();
    } catch (IOException | RuntimeException e) {
      failure = Optional.of("The driver could not be run: " + e.getMessage());
    }
    history.keep(directory.getFileName().toString(), directory);
    for (Path written : List.of(output.stdout(), output.stderr())) {
      if (Files.exists(written)) {
        listener.wrote(written);
      }
    }
    Directories.delete(directory);
    failure.ifPresentOrElse(listener::failed, listener::succeeded);
  }

  /** Returns why it failed, if it did. */
  private Optional<String> live() throws IOException {
    Process driver;
    synchronized (this) {
      if (stopped) {
        return Optional.of("Stopped on request");
      }
      driver = start();
      process = driver;
    }
    listener.running();
    try (var lines = driver.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(line -> Signal.parse(line).ifPresent(this::hear));
    } finally {
      // Its output has ended, and so will it; or the listener threw, and nobody listens any more.
      driver.onExit().join();
    }
    synchronized (this) {
      // Python does not notice that its JVM is gone while it does something else.
      children.forEach(ProcessHandle::destroyForcibly);
      int code = driver.exitValue();
      return stopped || code != 0 ? Optional.of(output.failure(code)) : Optional.empty();
    }
  }

  private Process start() throws IOException {
    Map<String, String> conf = JobConf.of(job.with(catalogs.localize(job.sparkConf())), directory);
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of(output.stdout().toString(), output.stderr().toString()));
    arguments.add(output.log().toString());
    arguments.addAll(List.of("--master", "local[2]", "--deploy-mode", "client"));
    arguments.addAll(List.of("--properties-file", DriverCommand.confIn(directory).toString()));
    if (!job.mainClass().isEmpty()) {
      arguments.addAll(List.of("--class", job.mainClass()));
    }
    arguments.add(job.entryPoint());
    arguments.addAll(job.arguments());
    ProcessBuilder command =
        DriverCommand.job(javaHome, flags, conf, directory, output.log(), arguments);
    command.environment().putAll(JobConf.environment(job));
    String interpreter = python.commandFor(conf, directory);
    command.environment().put("PYSPARK_PYTHON", interpreter);
    command.environment().put("PYSPARK_DRIVER_PYTHON", interpreter);
    return command.start();
  }

  private void hear(Signal signal) {
    if (signal instanceof Signal.Ready ready && !ready.sparkUi().isEmpty()) {
      listener.sparkUi(ready.sparkUi());
    }
  }

  @Override
  public synchronized void stop(Duration grace) {
    Process driver = process;
    if (!stopped && driver != null) {
      children = driver.descendants().toList();
      if (grace.isZero()) {
        driver.destroyForcibly();
      } else {
        driver.destroy();
        CompletableFuture.delayedExecutor(grace.toMillis(), TimeUnit.MILLISECONDS)
            .execute(driver::destroyForcibly);
      }
    }
    stopped = true;
  }
}
