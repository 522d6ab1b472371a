package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.catalog.CatalogJars;
import io.sparkgate.sandbox.catalog.SessionKeys;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one Hive metastore, from the first need of it to the sandbox's end. */
final class MetastoreProcess implements AutoCloseable {
  private static final int SECONDS_TO_STOP = 10;

  private final Path javaHome;
  private final Path workDirectory;
  private final List<String> flags;

  // Guarded by this.
  private @Nullable Process process;
  private @Nullable BufferedWriter told;
  private @Nullable URI uri;
  private boolean closed;

  /**
   * Starts nothing.
   *
   * @param flags of its JVM
   */
  MetastoreProcess(Path javaHome, Path workDirectory, List<String> flags) {
    this.javaHome = javaHome;
    this.workDirectory = workDirectory;
    this.flags = flags;
  }

  /** Where it listens. Starts it, or again if it has ended; until it serves, who connects waits. */
  synchronized URI uri() throws IOException {
    if (closed) {
      throw new IOException("the sandbox stops");
    }
    Process running = process;
    URI there = uri;
    if (running != null && running.isAlive() && there != null) {
      return there;
    }
    Path log = workDirectory.resolve("logs").resolve("metastore.log");
    Files.createDirectories(log.getParent());
    Path directory = Files.createDirectories(workDirectory.resolve("metastore"));
    running =
        DriverCommand.metastore(javaHome, flags, CatalogJars.HIVE.classPath(), directory, log)
            .start();
    process = running;
    told = running.outputWriter(StandardCharsets.UTF_8);
    String first = running.inputReader(StandardCharsets.UTF_8).readLine();
    if (first == null || !(Signal.parse(first).orElse(null) instanceof Signal.Ready ready)) {
      throw new IOException("the metastore did not start (log: " + log + ")");
    }
    there = URI.create("thrift://127.0.0.1:" + ready.port());
    uri = there;
    return there;
  }

  /** Has it act on a bucket as the session does that asks. */
  synchronized void admit(String accessKeyId, String secretAccessKey, String endpoint)
      throws IOException {
    BufferedWriter lines = told;
    if (lines != null) {
      lines.write(SessionKeys.line(accessKeyId, secretAccessKey, endpoint));
      lines.newLine();
      lines.flush();
    }
  }

  /** Its database is closed in order, if that does not take long. */
  @Override
  public synchronized void close() {
    closed = true;
    Process running = process;
    if (running != null) {
      try {
        running.getOutputStream().close();
        running.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS);
      } catch (IOException e) {
        // It has ended.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      running.destroyForcibly().onExit().join();
    }
  }
}
