package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.emrserverless.Drivers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Drivers that are processes of this machine, each a JVM with a real Spark Connect server on
 * loopback. Below the work directory a session has its log, {@code logs/<session id>.log}, which
 * stays, and a directory {@code sessions/<session id>}, which goes with it.
 */
public final class SparkDrivers implements Drivers {
  private final Path workDirectory;
  private final Path javaHome;
  private final SessionMemory memory;
  private final WorkerPython python;
  private final SessionHistory history;
  private final Catalogs catalogs;
  private final List<String> archive =
      ClassArchive.ofThisSandbox().map(ClassArchive::flags).orElse(List.of());
  private final ExecutorService threads = Executors.newCachedThreadPool(Threads.daemon("driver"));
  private final Set<DriverProcess> running = ConcurrentHashMap.newKeySet();

  /**
   * Starts none yet.
   *
   * @param javaHome of a JDK 17, see {@link Jdk17}
   * @param memory of one session
   * @param python of the sessions that set none
   */
  public SparkDrivers(
      Path workDirectory, Path javaHome, SessionMemory memory, WorkerPython python) {
    this.workDirectory = workDirectory.toAbsolutePath();
    this.javaHome = javaHome;
    this.memory = memory;
    this.python = python;
    this.history = new SessionHistory(this.workDirectory, javaHome);
    this.catalogs = new Catalogs(this.workDirectory, javaHome, archive);
  }

  /**
   * Starts what sessions of an application will need, before the first of them does.
   *
   * @throws IOException if it does not start
   */
  public void prepare(Map<String, String> sparkConf) throws IOException {
    catalogs.prepare(sparkConf);
  }

  @Override
  public synchronized Driver start(
      String sessionId, Map<String, String> sparkConf, Listener listener) {
    Path directory = workDirectory.resolve("sessions").resolve(sessionId);
    Path log = workDirectory.resolve("logs").resolve(sessionId + ".log");
    var driver =
        new DriverProcess(
            javaHome,
            history,
            flags(sparkConf),
            python,
            directory,
            log,
            () -> LocalConf.of(catalogs.localize(sparkConf), sessionId, directory),
            listener);
    running.add(driver);
    threads.execute(
        () -> {
          try {
            driver.run();
          } finally {
            running.remove(driver);
          }
        });
    return driver;
  }

  /** Job runs on the same machine, to be closed before this is. */
  public SparkJobs jobs() {
    return new SparkJobs(workDirectory, javaHome, memory, python, history, catalogs, archive);
  }

  @Override
  public Optional<String> history(String sessionId) {
    return history.url(sessionId);
  }

  private List<String> flags(Map<String, String> sparkConf) {
    var flags = new ArrayList<>(archive);
    flags.add("-Xmx" + memory.heapFor(sparkConf) + "m");
    return flags;
  }

  @Override
  public void close() {
    synchronized (this) { // No driver starts after this, and none is missed.
      threads.shutdown();
      running.forEach(DriverProcess::stop);
    }
    try {
      // A driver that does not stop is killed, so this ends.
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    history.close();
    catalogs.close();
  }
}
