package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Python that runs people's functions in the sessions. Spark's jars bring no Python half, so it
 * is one that has PySpark.
 *
 * @param command its path, or what the user said; empty when there is none
 * @param shown what it is, for people; where there is none, why
 */
public record WorkerPython(String command, String shown) {

  /** What to do when there is none; an error of Python functions in a session says it too. */
  public static final String REMEDY =
      "install Python 3.11, or start the sandbox as PYSPARK_PYTHON=<environment>/bin/python"
          + " ./sandbox/run, with an environment in which pyspark 3.5.6 is installed";

  private static final List<String> NAMES = List.of("python3", "python3.11", "python3.10");

  /** The Python of {@code PYSPARK_PYTHON}, or the first with PySpark that this shell would find. */
  public static Optional<WorkerPython> find() {
    return find(System.getenv());
  }

  static Optional<WorkerPython> find(Map<String, String> environment) {
    String wanted = environment.getOrDefault("PYSPARK_PYTHON", "");
    if (!wanted.isEmpty()) {
      String version =
          Interpreter.ask(wanted)
              .filter(python -> !python.pyspark().isEmpty())
              .map(Interpreter::toString)
              .orElse("its PySpark is not to be seen");
      return Optional.of(new WorkerPython(wanted, wanted + "  (PYSPARK_PYTHON: " + version + ")"));
    }
    return Interpreter.all(environment, NAMES)
        .filter(Interpreter::runsFunctions)
        .findFirst()
        .map(WorkerPython::of);
  }

  static WorkerPython of(Interpreter python) {
    return new WorkerPython(python.command(), "%s  (%s)".formatted(python.command(), python));
  }

  /**
   * None.
   *
   * @param why for people, for example {@code no Python 3.11 was found}
   */
  public static WorkerPython none(String why) {
    return new WorkerPython("", why);
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
  public String commandFor(Map<String, String> conf, Path directory) throws IOException {
    String own = conf.getOrDefault("spark.pyspark.python", command);
    if (!own.isEmpty()) {
      return own;
    }
    Path excuse = directory.resolve("no-python");
    Files.writeString(
        excuse,
        "#!/bin/sh\necho '%s on the machine of the sandbox; %s, or set spark.pyspark.python for the session' >&2\nexit 1\n"
            .formatted(shown, REMEDY));
    return excuse.toFile().setExecutable(true) ? excuse.toString() : "python3";
  }
}
