package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class WorkerPythonTest {
  @TempDir private Path directory;

  @Test
  void isThatOfPysparkPython() throws Exception {
    Path wanted = python("own/python", "echo 3.11 3.5.6 venv /real");
    python("bin/python3", "echo 3.11 3.5.6 venv /real");

    WorkerPython found = WorkerPython.find(variables("PYSPARK_PYTHON", wanted)).orElseThrow();

    assertThat(found.command()).isEqualTo(wanted.toString());
    assertThat(found.shown()).contains("PYSPARK_PYTHON: Python 3.11 PySpark 3.5.6");
  }

  @Test
  void isWhatItsUserSaysEvenIfItsPysparkIsNotToBeSeen() {
    WorkerPython found = WorkerPython.find(Map.of("PYSPARK_PYTHON", "/no/python")).orElseThrow();

    assertThat(found.command()).isEqualTo("/no/python");
    assertThat(found.shown()).contains("its PySpark is not to be seen");
  }

  @Test
  void isThatOfAnActivatedEnvironment() throws Exception {
    Path active = python("v/bin/python3", "echo 3.10 3.5.6 venv /real");

    assertThat(WorkerPython.find(variables("VIRTUAL_ENV", directory.resolve("v"))))
        .map(WorkerPython::command)
        .contains(active.toString());
  }

  @Test
  void isOnThePathAndHasPysparkOfTheServersVersion() throws Exception {
    python("bin/python3", "echo ModuleNotFoundError >&2; exit 1");
    python("bin/python3.10", "echo 3.10 4.0.1 venv /real");
    python("other/python3", "echo 3.12 3.5.6 venv /real");
    Path good = python("other/python3.11", "echo 3.11 3.5.6 venv /real");

    assertThat(WorkerPython.find(variables("VIRTUAL_ENV", "")))
        .contains(new WorkerPython(good.toString(), good + "  (Python 3.11 PySpark 3.5.6)"));
  }

  @Test
  void isMissingElse() throws Exception {
    python("bin/python3", "exit 1");
    python("bin/python3.11", "echo 3.11 - venv /real");

    assertThat(WorkerPython.find(variables("VIRTUAL_ENV", ""))).isEmpty();
  }

  @Test
  void saysWhatToDoWhereASessionNeedsIt() throws Exception {
    String command =
        WorkerPython.none("no Python 3.11 or 3.10 was found").commandFor(Map.of(), directory);

    Process process =
        new ProcessBuilder(command, "-m", "pyspark.daemon").redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("no Python 3.11 or 3.10 was found on the machine of the sandbox; install Python")
        .contains("PYSPARK_PYTHON=<environment>/bin/python ./sandbox/run")
        .contains("spark.pyspark.python");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void isTheSessionsOwnIfItNamesOne() throws Exception {
    assertThat(
            new WorkerPython("/v/bin/python", "")
                .commandFor(Map.of("spark.pyspark.python", "/mine"), directory))
        .isEqualTo("/mine");
  }

  private Map<String, String> variables(String name, Path value) {
    return variables(name, value.toString());
  }

  private Map<String, String> variables(String name, String value) {
    return Map.of(name, value, "PATH", directory.resolve("bin") + ":" + directory.resolve("other"));
  }

  private Path python(String file, String script) throws IOException {
    Path python = directory.resolve(file);
    Files.createDirectories(python.getParent());
    Files.writeString(python, "#!/bin/sh\n" + script + "\n");
    assertThat(python.toFile().setExecutable(true)).isTrue();
    return python;
  }
}
