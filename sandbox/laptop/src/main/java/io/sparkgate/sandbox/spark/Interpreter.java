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
 * A Python of this machine, as it says itself.
 *
 * @param command what was asked
 * @param version for example {@code 3.11}
 * @param pyspark the version it has; empty when it has none
 * @param makesEnvironments Debian's does so only with another package
 * @param executable where it is, whatever leads there
 */
record Interpreter(
    String command, String version, String pyspark, boolean makesEnvironments, String executable) {

  private static final int PATIENCE_SECONDS = 10;

  /** Asks the packages' records, because to import PySpark takes seconds. */
  private static final String QUESTION =
      """
      import sys, importlib.util as u, importlib.metadata as m
      try: pyspark = m.version('pyspark')
      except m.PackageNotFoundError: pyspark = '-'
      venv = 'venv' if u.find_spec('venv') and u.find_spec('ensurepip') else '-'
      print('%d.%d' % sys.version_info[:2], pyspark, venv, sys.executable)
      """;

  /** The first of these names in each place: that of an activated environment, then the path's. */
  static Stream<Interpreter> all(Map<String, String> environment, List<String> names) {
    var places = new ArrayList<Path>();
    String activated = environment.getOrDefault("VIRTUAL_ENV", "");
    if (!activated.isEmpty()) {
      places.add(Path.of(activated, "bin"));
    }
    for (String place : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
      places.add(Path.of(place).toAbsolutePath());
    }
    return places.stream()
        .flatMap(place -> names.stream().map(place::resolve))
        .filter(Files::isExecutable)
        .flatMap(python -> ask(python.toString()).stream());
  }

  /** Empty when it is no Python of ours, or does not answer. */
  static Optional<Interpreter> ask(String python) {
    try {
      Process process =
          new ProcessBuilder(python, "-c", QUESTION)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var output = process.inputReader(StandardCharsets.UTF_8)) {
        process.getOutputStream().close();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return ended && process.exitValue() == 0
            ? Optional.ofNullable(output.readLine()).flatMap(line -> parse(python, line))
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

  private static Optional<Interpreter> parse(String python, String answer) {
    String[] words = answer.split(" ", 4);
    return words.length < 4
        ? Optional.empty()
        : Optional.of(
            new Interpreter(
                python,
                words[0],
                words[1].equals("-") ? "" : words[1],
                words[2].equals("venv"),
                words[3]));
  }

  /** Whether it is one that PySpark 3.5 runs on without more. */
  boolean suits() {
    return version.equals("3.11") || version.equals("3.10");
  }

  /** Whether it runs people's functions as it is. */
  boolean runsFunctions() {
    return suits() && pyspark.startsWith("3.5.");
  }

  /** For people. */
  @Override
  public String toString() {
    return "Python " + version + (pyspark.isEmpty() ? "" : " PySpark " + pyspark);
  }
}
