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
    Path wanted = python("own/python", "echo Python 3.11 PySpark 3.5.6");
    python("bin/python3", "echo Python 3.11 PySpark 3.5.6");

    WorkerPython found = WorkerPython.find(variables("PYSPARK_PYTHON", wanted));

    assertThat(found.command()).isEqualTo(wanted.toString());
    assertThat(found.shown()).contains("PYSPARK_PYTHON: Python 3.11 PySpark 3.5.6");
  }

  @Test
  void isWhatItsUserSaysEvenIfItsPysparkIsNotToBeSeen() {
    WorkerPython found = WorkerPython.find(Map.of("PYSPARK_PYTHON", "/no/python"));

    assertThat(found.command()).isEqualTo("/no/python");
    assertThat(found.shown()).contains("its PySpark is not to be seen");
  }

  @Test
  void isThatOfAnActivatedEnvironment() throws Exception {
    Path active = python("v/bin/python3", "echo Python 3.10 PySpark 3.5.6");

    assertThat(WorkerPython.find(variables("VIRTUAL_ENV", directory.resolve("v"))).command())
        .isEqualTo(active.toString());
  }

  @Test
  void isOnThePathAndHasPysparkOfTheServersVersion() throws Exception {
    python("bin/python3", "echo ModuleNotFoundError >&2; exit 1");
    python("bin/python3.10", "echo Python 3.10 PySpark 4.0.1");
    python("other/python3", "echo Python 3.12 PySpark 3.5.6");
    Path good = python("other/python3.11", "echo Python 3.11 PySpark 3.5.6");

    WorkerPython found = WorkerPython.find(variables("VIRTUAL_ENV", ""));

    assertThat(found)
        .isEqualTo(new WorkerPython(good.toString(), good + "  (Python 3.11 PySpark 3.5.6)"));
  }

  @Test
  void isMissingElse() throws Exception {
    python("bin/python3", "exit 1");

    WorkerPython found = WorkerPython.find(variables("VIRTUAL_ENV", ""));

    assertThat(found.isMissing()).isTrue();
    assertThat(found.shown()).isEqualTo("no Python with PySpark 3.5 was found");
  }

  @Test
  void saysWhatToDoWhereASessionNeedsIt() throws Exception {
    String command = new WorkerPython("", "").commandFor(Map.of(), directory);

    Process process =
        new ProcessBuilder(command, "-m", "pyspark.daemon").redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("no Python with PySpark 3.5 was found on the machine of the sandbox")
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
