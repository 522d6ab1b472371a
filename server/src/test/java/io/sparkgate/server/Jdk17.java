package io.sparkgate.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The JDK that Spark 3.5 runs on, whatever the tests run on. */
final class Jdk17 {
  private Jdk17() {}

  static Path find() {
    Path running = Path.of(System.getProperty("java.home"));
    Stream<Path> told =
        Stream.of("SPARKGATE_JAVA17_HOME", "JAVA_HOME")
            .flatMap(name -> Optional.ofNullable(System.getenv(name)).stream())
            .map(Path::of);
    return Stream.of(Stream.of(running), told, installed())
        .flatMap(homes -> homes)
        .filter(Jdk17::is17)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("Spark 3.5 needs a JDK 17: set SPARKGATE_JAVA17_HOME"));
  }

  private static Stream<Path> installed() {
    Path place = Path.of("/usr/lib/jvm");
    try {
      return Files.isDirectory(place) ? Files.list(place).sorted() : Stream.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean is17(Path home) {
    try {
      return Files.readString(home.resolve("release")).contains("JAVA_VERSION=\"17");
    } catch (IOException e) {
      return false; // No JDK says nothing.
    }
  }
}
