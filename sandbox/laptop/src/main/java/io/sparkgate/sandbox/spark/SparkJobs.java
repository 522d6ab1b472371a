package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.emrserverless.JobDrivers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Job runs that are processes of this machine, each a JVM in which Spark's own spark-submit runs.
 * Below the work directory a run has its log, {@code logs/<job run id>.log}, which stays, and each
 * attempt a directory {@code jobs/<job run id>-<attempt>}, which goes with it.
 */
public final class SparkJobs implements JobDrivers {
  private final Path workDirectory;
  private final Path javaHome;
  private final SessionMemory memory;
  private final WorkerPython python;
  private final SessionHistory history;
  private final Catalogs catalogs;
  private final List<String> archive;
  private final ExecutorService threads = Executors.newCachedThreadPool(Threads.daemon("job"));
  private final Set<JobProcess> running = ConcurrentHashMap.newKeySet();

  SparkJobs(
      Path workDirectory,
      Path javaHome,
      SessionMemory memory,
      WorkerPython python,
      SessionHistory history,
      Catalogs catalogs,
      List<String> archive) {
    this.workDirectory = workDirectory;
    this.javaHome = javaHome;
    this.memory = memory;
    this.python = python;
    this.history = history;
    this.catalogs = catalogs;
    this.archive = archive;
  }

  @Override
  public synchronized Driver start(Job job, Listener listener) {
    var flags = new ArrayList<>(archive);
    flags.add("-Xmx" + memory.heapFor(job.sparkConf()) + "m");
    var process =
        new JobProcess(
            javaHome,
            history,
            flags,
            python,
            catalogs,
            workDirectory.resolve("jobs").resolve(name(job.jobRunId(), job.attempt())),
            workDirectory.resolve("logs").resolve(job.jobRunId() + ".log"),
            job,
            listener);
    running.add(process);
    threads.execute(
        () -> {
          try {
            process.run();
          } finally {
            running.remove(process);
          }
        });
    return process;
  }

  @Override
  public Optional<String> history(String jobRunId, int attempt) {
    return history.url(name(jobRunId, attempt));
  }

  private static String name(String jobRunId, int attempt) {
    return jobRunId + "-" + attempt;
  }

  @Override
  public void close() {
    synchronized (this) { // No run starts after this, and none is missed.
      threads.shutdown();
      running.forEach(process -> process.stop(Duration.ZERO));
    }
    try {
      // What is stopped so is killed, so this ends.
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
