package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.emrserverless.Narrator.JobRunMove;
import io.sparkgate.sandbox.emrserverless.SandboxClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {

  @TempDir private Path logs;
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Test
  void namesTheLogOfAJobRunThatFailed() throws IOException {
    Path log = Files.createFile(logs.resolve("00job.log"));

    assertThat(line("RUNNING")).doesNotContain(".log");
    assertThat(line("FAILED")).endsWith("ExitCode: 1.  " + log);
  }

  @Test
  void namesNoLogOfAJobRunThatCameToPrintNothing() {
    assertThat(line("FAILED")).endsWith("ExitCode: 1.");
  }

  private String line(String state) {
    shown.reset();
    SandboxClock clock = SandboxClock.withMinuteOf(60, Clock.systemUTC());
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    new Console(out, false, clock, logs)
        .jobRun(
            new JobRunMove(
                Instant.EPOCH,
                "00app",
                "00job",
                1,
                "",
                "role/Submit/a",
                "",
                state,
                "ExitCode: 1."));
    return shown.toString(StandardCharsets.UTF_8).strip();
  }
}
