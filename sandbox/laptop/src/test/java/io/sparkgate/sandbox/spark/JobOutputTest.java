package io.sparkgate.sandbox.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobOutputTest {
  private static final String SAID =
      "Job failed, please check complete logs in configured logging destination. ExitCode: 1.";

  @TempDir private Path directory;

  private String failure(String stdout, String stderr) throws IOException {
    return new JobOutput(
            Files.writeString(directory.resolve("stdout"), stdout),
            Files.writeString(directory.resolve("stderr"), stderr),
            directory.resolve("log"))
        .failure(1);
  }

  @Test
  void quotesTheLastErrorOfPython() throws Exception {
    assertThat(
            failure(
                """
                Traceback (most recent call last):
                  File "a.py", line 1, in <module>
                KeyError: 'x'
                Traceback (most recent call last):
                  raise ValueError("no such day")
                ValueError: no such day
                """,
                "Exception in thread \"main\" org.apache.spark.SparkException: other\n"))
        .isEqualTo(SAID + " Last few exceptions: ValueError: no such day");
  }

  @Test
  void quotesTheLastErrorOfAJar() throws Exception {
    assertThat(
            failure(
                "result: 1\n",
                """
                2026-01-01 WARN x
                Exception in thread "main" java.lang.IllegalStateException: outer
                \tat org.X.main(X.java:1)
                Caused by: java.nio.file.AccessDeniedException: s3://b/x
                \tat org.Y.y(Y.java:1)
                """))
        .isEqualTo(
            SAID
                + " Last few exceptions: Caused by: java.nio.file.AccessDeniedException: s3://b/x");
  }

  @Test
  void quotesWhatSparkSubmitOrAScriptSaysWithoutAnException() throws Exception {
    assertThat(failure("", "Error: Failed to load class org.X.\n"))
        .isEqualTo(SAID + " Last few exceptions: Error: Failed to load class org.X.");
    assertThat(failure("wordcount.py: use the arguments INPUT OUTPUT\n", ""))
        .endsWith("wordcount.py: use the arguments INPUT OUTPUT");
  }

  @Test
  void saysTheExitCodeAloneWhereNothingWasPrinted() throws Exception {
    assertThat(failure("", "")).isEqualTo(SAID);
    assertThat(
            new JobOutput(directory.resolve("no"), directory.resolve("none"), directory)
                .failure(137))
        .endsWith("ExitCode: 137.");
  }
}
