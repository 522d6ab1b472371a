package io.sparkgate.benchmark.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A directory that is gone when it is closed, or when this JVM is told to end. */
final class Workplace implements AutoCloseable {

  private final Path directory = Files.createTempDirectory("sparkgate-benchmark");
  private final Thread end = new Thread(this::delete);

  Workplace() throws IOException {
    Runtime.getRuntime().addShutdownHook(end);
  }

  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(end);
    delete();
  }

  private void delete() {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
