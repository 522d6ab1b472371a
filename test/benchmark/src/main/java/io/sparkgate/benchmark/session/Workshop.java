package io.sparkgate.benchmark.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The sandboxes, the client, and the folder that they are in, which goes with them. */
final class Workshop implements AutoCloseable {

  private static final Path BUILT = Path.of("sandbox/laptop/target").toAbsolutePath();
  private static final String CONSTRAINTS = "client/constraints/emr-7.13.0.txt";

  private final Path folder;
  private final Path assembly;
  private final Path python;
  private final List<Sandbox> sandboxes = new ArrayList<>();

  private Workshop(Path folder) {
    this.folder = folder;
    this.assembly = folder.resolve("cdk.out");
    this.python = Path.of("test/benchmark/target/client/bin/python").toAbsolutePath();
  }

  /** Synthesizes what the sandboxes play, and installs the client if it is not there. */
  static Workshop open() throws IOException, InterruptedException {
    Workshop workshop = new Workshop(Files.createTempDirectory("session"));
    run(
        Map.of(),
        "./cdkw",
        "synth",
        "-q",
        "-c",
        "environment=dev",
        "-o",
        workshop.assembly.toString());
    if (!Files.exists(workshop.python)) {
      Path environment = workshop.python.getParent().getParent();
      run(Map.of(), "python3.11", "-m", "venv", environment.toString());
      run(
          Map.of(),
          workshop.python.toString(),
          "-m",
          "pip",
          "install",
          "-q",
          "-c",
          CONSTRAINTS,
          "pyspark[connect]",
          "boto3");
    }
    return workshop;
  }

  /** The jar that is built, under a name of its own, for an archive lies beside its jar. */
  Sandbox sandbox(String name, boolean archive) throws IOException, InterruptedException {
    Path place = Files.createDirectory(folder.resolve(archive ? "with" : "without"));
    Path jar = Files.createSymbolicLink(place.resolve("sandbox.jar"), BUILT.resolve("sandbox.jar"));
    Files.createSymbolicLink(place.resolve("lib"), BUILT.resolve("lib"));
    if (archive) {
      run(
          Map.of(),
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-cp",
          jar.toString(),
          "io.sparkgate.sandbox.spark.ClassArchive");
    }
    Sandbox sandbox = Sandbox.start(name, jar, assembly, place.resolve("work"));
    sandboxes.add(sandbox);
    return sandbox;
  }

  /** One session from its start to its end. */
  Times session(Sandbox sandbox) throws IOException, InterruptedException {
    return Times.parse(
        run(sandbox.environment(), python.toString(), "test/benchmark/pyspark/session.py"));
  }

  /** What a command prints last. */
  private static String run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
    }
    return output.lines().reduce("", (first, second) -> second);
  }

  @Override
  public void close() throws IOException {
    sandboxes.forEach(Sandbox::close);
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
