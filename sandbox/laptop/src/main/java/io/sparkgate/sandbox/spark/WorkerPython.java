package io.sparkgate.sandbox.spark;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The Python that runs people's functions in the sessions. Spark's jars bring no Python half, so it
 * is one that has PySpark.
 *
 * @param command its path, or what the user said; empty when there is none
 * @param shown what it is, for people
 */
public record WorkerPython(String command, String shown) {

  /** What to do when there is none; an error of Python functions in a session says it too. */
  public static final String REMEDY =
      "start the sandbox as PYSPARK_PYTHON=<environment>/bin/python ./sandbox/run, with the"
          + " environment in which pyspark 3.5.6 is installed";

  static final String NONE = "no Python with PySpark 3.5 was found";

  private static final List<String> NAMES = List.of("python3", "python3.11", "python3.10");
  private static final int PATIENCE_SECONDS = 10;

  /** Asks the packages' records, because to import PySpark takes seconds. */
  private static final String QUESTION =
      "import sys, importlib.metadata as m;"
          + "print('Python %d.%d' % sys.version_info[:2], 'PySpark', m.version('pyspark'))";

  /** The Python of {@code PYSPARK_PYTHON}, or the first with PySpark that this shell would find. */
  public static WorkerPython find() {
    return find(System.getenv());
  }

  static WorkerPython find(Map<String, String> environment) {
    String wanted = environment.getOrDefault("PYSPARK_PYTHON", "");
    if (!wanted.isEmpty()) {
      String version = ask(wanted).orElse("its PySpark is not to be seen");
      return new WorkerPython(wanted, wanted + "  (PYSPARK_PYTHON: " + version + ")");
    }
    return candidates(environment)
        .flatMap(
            python ->
                ask(python.toString())
                    .filter(version -> version.matches("Python 3\\.1[01] PySpark 3\\.5\\..*"))
                    .map(
                        version ->
                            new WorkerPython(python.toString(), python + "  (" + version + ")"))
                    .stream())
        .findFirst()
        .orElse(new WorkerPython("", NONE));
  }

  private static Stream<Path> candidates(Map<String, String> environment) {
    var places = new ArrayList<Path>();
    String activated = environment.getOrDefault("VIRTUAL_ENV", "");
    if (!activated.isEmpty()) {
      places.add(Path.of(activated, "bin"));
    }
    for (String place : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      places.add(Path.of(place).toAbsolutePath());
    }
    return places.stream()
        .flatMap(place -> NAMES.stream().map(place::resolve))
        .filter(Files::isExecutable);
  }

  /** Empty when it is no Python, or has no PySpark, or does not answer. */
  private static Optional<String> ask(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", QUESTION)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var output = process.inputReader(StandardCharsets.UTF_8)) {
        process.getOutputStream().close();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return ended && process.exitValue() == 0
            ? Optional.ofNullable(output.readLine())
            : Optional.empty();
      } finally {
        process.destroyForcibly().waitFor();
      }
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Whether there is none. */
  public boolean isMissing() {
    return command.isEmpty();
  }

  /**
   * What a driver runs for Python. Where there is none it is a command that says so, for what it
   * prints becomes the error that the client sees.
   *
   * @param conf of the session; its {@code spark.pyspark.python} comes first
   * @param directory of the session
   */
  String commandFor(Map<String, String> conf, Path directory) throws IOException {
    String own = conf.getOrDefault("spark.pyspark.python", command);
    if (!own.isEmpty()) {
      return own;
    }
    Path excuse = directory.resolve("no-python");
    Files.writeString(
        excuse,
        "#!/bin/sh\necho '%s on the machine of the sandbox; %s, or set spark.pyspark.python for the session' >&2\nexit 1\n"
            .formatted(NONE, REMEDY));
    return excuse.toFile().setExecutable(true) ? excuse.toString() : "python3";
  }
}
