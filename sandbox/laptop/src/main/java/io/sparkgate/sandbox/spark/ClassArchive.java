package io.sparkgate.sandbox.spark;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * A driver's classes as a JVM lays them out in memory (an archive for class data sharing), beside
 * the sandbox's jar. A driver that maps it needs half the time to start. The JVM itself refuses one
 * that another JDK made, or that was made of other jars, but crashes over one that is damaged: so
 * its size and checksum are kept beside it, and compared before it is used.
 */
public final class ClassArchive {
  private static final int LIMIT_SECONDS = 120;

  private final Path file;
  private final Path seal;

  ClassArchive(Path file) {
    this.file = file;
    this.seal = file.resolveSibling(file.getFileName() + ".seal");
  }

  /** That of the class path of this JVM; only classes of jars can be archived. */
  static Optional<ClassArchive> ofThisSandbox() {
    String classPath = System.getProperty("java.class.path");
    return classPath.endsWith(".jar") && !classPath.contains(File.pathSeparator)
        ? Optional.of(
            new ClassArchive(Path.of(classPath).toAbsolutePath().resolveSibling("sandbox.jsa")))
        : Optional.empty();
  }

  /** What a driver's JVM is told to use it; nothing where there is none, or where it is damaged. */
  List<String> flags() {
    try {
      return Files.readString(seal).equals(sealOf(file))
          ? List.of("-XX:SharedArchiveFile=" + file)
          : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String sealOf(Path file) throws IOException {
    var checksum = new CRC32C();
    try (InputStream bytes = new CheckedInputStream(Files.newInputStream(file), checksum)) {
      long size = bytes.transferTo(OutputStream.nullOutputStream());
      return "%d bytes, CRC-32C %08x%n".formatted(size, checksum.getValue());
    }
  }

  /**
   * Makes it, for {@code sandbox/run}, in place of an older one.
   *
   * @param arguments none
   */
  public static void main(String... arguments) throws InterruptedException {
    try {
      ofThisSandbox()
          .orElseThrow(() -> new IOException("the class path is not one jar"))
          .make(Jdk17.find());
    } catch (IOException | RuntimeException e) {
      System.err.println("sandbox: sessions will start slowly: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Runs a driver, asks it what clients ask first, and then has its JVM write. */
  private void make(Path javaHome) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("sandbox");
    try {
      Path made = directory.resolve("made.jsa");
      rehearse(javaHome, made, directory);
      keep(made);
    } finally {
      Directories.delete(directory);
    }
  }

  /** Takes a new one in place of an older, which a driver that runs may still have mapped. */
  void keep(Path made) throws IOException {
    Files.deleteIfExists(seal);
    Files.move(made, file, StandardCopyOption.REPLACE_EXISTING);
    Files.writeString(seal, sealOf(file));
  }

  private static void rehearse(Path javaHome, Path made, Path directory)
      throws IOException, InterruptedException {
    ProcessBuilder command =
        DriverCommand.of(
            javaHome,
            List.of("-XX:+RecordDynamicDumpInfo"),
            LocalConf.of(Map.of(), "rehearsal", directory),
            directory,
            directory.resolve("log"));
    command.environment().put("PYSPARK_PYTHON", "python3");
    Process driver = command.start();
    try (var lines = driver.inputReader(StandardCharsets.UTF_8)) {
      Rehearsal.with(
          lines
              .lines()
              .flatMap(line -> Signal.parse(line).stream())
              .flatMap(signal -> signal instanceof Signal.Ready at ? Stream.of(at) : Stream.empty())
              .findFirst()
              .orElseThrow(() -> new IOException("the driver does not start"))
              .port());
      // Not at the JVM's exit, which a driver bounds, and on a busy machine this takes longer.
      Path jcmd = javaHome.resolve("bin").resolve("jcmd");
      Process writes =
          new ProcessBuilder(
                  jcmd.toString(),
                  Long.toString(driver.pid()),
                  "VM.cds",
                  "dynamic_dump",
                  made.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        if (!writes.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || !Files.exists(made)) {
          throw new IOException(jcmd + " wrote no archive");
        }
      } finally {
        writes.destroyForcibly();
      }
    } finally {
      driver.destroyForcibly().waitFor();
    }
  }
}
