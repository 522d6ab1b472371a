package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With Pythons that only say what they were asked; the real one is a matter of minutes. */
@DisabledOnOs(OS.WINDOWS)
class PythonOnDemandTest {
  private static final String INSTALLED = "echo 3.11 3.5.6 venv $0";

  @TempDir private Path directory;
  private final List<String> news = Collections.synchronizedList(new ArrayList<>());
  private Path asked;

  @BeforeEach
  void listen() {
    boolean there = Interpreter.ask("python3").isPresent();
    assumeTrue(there || System.getenv("CI") != null, "needs a python3 on the path");
    asked = directory.resolve("asked");
  }

  @Test
  void installsNothingBeforeAFunctionRuns() throws Exception {
    python("3.11", pip("exit 0"));

    try (var onDemand = onDemand()) {
      assertThat(onDemand.python().isMissing()).isFalse();
      assertThat(onDemand.python().shown())
          .isEqualTo(
              "3.11 of %s; PySpark 3.5.6 is installed for it when a function or script first runs"
                  .formatted(directory.resolve("bin/python3.11")));
    }
    assertThat(asked).doesNotExist();
    assertThat(news).isEmpty();
  }

  @Test
  void becomesTheInstalledPythonWithItsArguments() throws Exception {
    python("3.11", pip("exit 0"));

    try (var onDemand = onDemand()) {
      assertThat(run(onDemand)).isEqualTo(new Result(0, "runs -m pyspark.daemon\n"));
    }
    assertThat(Files.readAllLines(asked))
        .anyMatch(line -> line.matches("-m pip install .*-c .*constraints.txt pyspark\\[connect]"));
    assertThat(news).hasSize(2);
    assertThat(news.get(0))
        .startsWith("installing pyspark 3.5.6, pandas ")
        .contains("may take minutes");
    assertThat(news.get(1)).startsWith("installed after ");
  }

  @Test
  void installsOnceForSessionsThatAskAtTheSameTime() throws Exception {
    python("3.11", pip("exit 0"));

    try (var onDemand = onDemand()) {
      var others = Stream.generate(() -> runAsync(onDemand)).limit(4).toList();
      assertThat(others)
          .extracting(CompletableFuture::join)
          .extracting(Result::exitCode)
          .containsOnly(0);
    }
    assertThat(installations()).isEqualTo(1);
  }

  @Test
  void isInstalledForTheNextSandbox() throws Exception {
    python("3.11", pip("exit 0"));
    try (var onDemand = onDemand()) {
      run(onDemand);
    }

    try (var next = onDemand()) {
      assertThat(next.python().shown()).endsWith("bin/python  (Python 3.11 PySpark 3.5.6)");
      assertThat(run(next).output()).isEqualTo("runs -m pyspark.daemon\n");
    }
    assertThat(installations()).isEqualTo(1);
  }

  @Test
  void isInstalledAnewWhereTheSetIsAnother() throws Exception {
    python("3.11", pip("exit 0"));
    try (var onDemand = onDemand()) {
      run(onDemand);
    }
    Path installed = directory.resolve("work/python/installed");
    Files.writeString(installed, Files.readString(installed).replace("numpy==", "numpy==0."));

    try (var next = onDemand()) {
      run(next);
    }
    assertThat(installations()).isEqualTo(2);
  }

  @Test
  void startsAnewAfterASandboxThatWasKilledMeanwhile() throws Exception {
    python("3.11", pip("exit 0"));
    Path half = directory.resolve("work/python/environment-1/bin/python");
    Files.createDirectories(half.getParent());
    Files.writeString(half, "");

    try (var onDemand = onDemand()) {
      assertThat(run(onDemand).exitCode()).isZero();
    }
    assertThat(half).doesNotExist();
  }

  @Test
  void saysWhatPipSaidAndTriesAgainForTheNext() throws Exception {
    String once = "[ -f %1$s ] || { touch %1$s; echo 'ERROR: No network'; echo hint; exit 1; }";
    python("3.11", pip(once.formatted(directory.resolve("failed"))));

    try (var onDemand = onDemand()) {
      String sentence =
          "Python functions cannot run, because PySpark could not be installed on the machine of"
              + " the sandbox: 'python -m pip install' said: ERROR: No network (log: %s)"
                  .formatted(directory.resolve("work/python/install.log"));
      assertThat(run(onDemand)).isEqualTo(new Result(1, sentence + "\n"));
      assertThat(news).last().isEqualTo(sentence);
      assertThat(run(onDemand).exitCode()).isZero();
    }
  }

  @Test
  void endsAnInstallationWithTheSandbox() throws Exception {
    Path begun = directory.resolve("begun");
    python("3.11", pip("touch " + begun + "; exec sleep 1000"));

    CompletableFuture<Result> waiting;
    try (var onDemand = onDemand()) {
      waiting = runAsync(onDemand);
      while (!Files.exists(begun)) {
        Thread.onSpinWait();
      }
    }
    assertThat(waiting.join().exitCode()).isEqualTo(1);
  }

  @Test
  void saysThatItsSandboxHasEnded() throws Exception {
    python("3.11", pip("exit 0"));
    PythonOnDemand ended = onDemand();
    ended.close();

    assertThat(run(ended).output())
        .isEqualTo(
            "The sandbox that would install Python for functions has ended; start it again.\n");
  }

  @Test
  void prefersThePythonOfTheServicesWorkers() throws Exception {
    python("3.10", pip("exit 0"));
    assertThat(shown()).startsWith("3.10 of ");

    python("3.12", pip("exit 0"));
    python("3.11", pip("exit 0"));
    assertThat(shown()).startsWith("3.11 of ");
  }

  @Test
  void saysWhichPythonToInstall() throws Exception {
    assertThat(shown()).isEqualTo("no Python 3.11 or 3.10 was found");

    Path python = command("bin/python3.11", "echo 3.11 - - $0");
    assertThat(shown())
        .isEqualTo(
            python + " cannot make environments (on Debian and Ubuntu, install python3.11-venv)");
  }

  private String shown() throws IOException {
    try (var onDemand = onDemand()) {
      return onDemand.python().shown();
    }
  }

  private PythonOnDemand onDemand() throws IOException {
    return PythonOnDemand.in(
        directory.resolve("work"), Map.of("PATH", directory.resolve("bin").toString()), news::add);
  }

  private long installations() throws IOException {
    return Files.readAllLines(asked).stream().filter(line -> line.startsWith("-m pip")).count();
  }

  /** What an environment's Python does when pip is asked for. */
  private String pip(String does) throws IOException {
    return command(
            "environment",
            "case \"$*\" in -c*) %s;; '-m pip'*) echo \"$*\" >>%s; %s;; *) echo runs \"$*\";; esac"
                .formatted(INSTALLED, asked, does))
        .toString();
  }

  /** Has no PySpark, and makes environments; it can ask the sandbox only as a real Python does. */
  private void python(String version, String environment) throws IOException {
    command(
        "bin/python" + version,
        "case \"$1\" in -c) echo %s - venv $0;; -I) exec python3 \"$@\";; *) mkdir -p \"$3/bin\"; cp %s \"$3/bin/python\";; esac"
            .formatted(version, environment));
  }

  private Path command(String file, String script) throws IOException {
    Path command = directory.resolve(file);
    Files.createDirectories(command.getParent());
    Files.writeString(command, "#!/bin/sh\n" + script + "\n");
    assertThat(command.toFile().setExecutable(true)).isTrue();
    return command;
  }

  private record Result(int exitCode, String output) {}

  private static CompletableFuture<Result> runAsync(PythonOnDemand onDemand) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return run(onDemand);
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        },
        task -> new Thread(task).start());
  }

  /** As a driver does. */
  private static Result run(PythonOnDemand onDemand) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(onDemand.python().command(), "-m", "pyspark.daemon")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
