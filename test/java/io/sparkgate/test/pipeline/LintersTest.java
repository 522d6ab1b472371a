package io.sparkgate.test.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each runs where it is on the PATH, and is skipped elsewhere: none is a tool of Java. */
class LintersTest {

  @Test
  void findNothingInTheCommands() throws Exception {
    List<String> command = new ArrayList<>(List.of("shellcheck", "-x"));
    try (Stream<Path> files = Files.list(Unpacked.ROOT.resolve("pipeline"))) {
      files
          .filter(file -> isShell(file))
          .map(file -> Unpacked.ROOT.relativize(file).toString())
          .sorted()
          .forEach(command::add);
    }
    assertThat(command).contains("pipeline/gate");

    assertSilent(command);
  }

  @Test
  void findNothingInWhatRunsOnACluster() throws Exception {
    List<String> command =
        new ArrayList<>(List.of("shellcheck", "server/install-spark-connect.sh"));
    try (Stream<Path> stubs = Files.list(Unpacked.ROOT.resolve("server/src/stubs"))) {
      stubs.map(file -> Unpacked.ROOT.relativize(file).toString()).sorted().forEach(command::add);
    }
    assertThat(command).contains("server/src/stubs/systemctl");

    assertSilent(command);
  }

  @Test
  void findNothingInvalidInTheWorkflows() throws Exception {
    List<String> command = new ArrayList<>(List.of("actionlint"));
    Workflows.read().byFile().keySet().forEach(file -> command.add(".github/workflows/" + file));

    assertSilent(command);
  }

  @Test
  void findNothingUnsafeInTheWorkflows() throws Exception {
    assertSilent(List.of("zizmor", "--offline", "--quiet", "--no-progress", ".github/workflows"));
  }

  /** Without a finding each of them ends with 0, and with any they do not. */
  private static void assertSilent(List<String> command) throws Exception {
    assumeThat(isInstalled(command.get(0))).as(command.get(0) + " is on the PATH").isTrue();
    Process linter =
        new ProcessBuilder(command)
            .directory(Unpacked.ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    String findings = new String(linter.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(linter.waitFor()).as(findings).isZero();
  }

  private static boolean isInstalled(String linter) throws InterruptedException {
    try {
      return new ProcessBuilder(linter, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isShell(Path file) {
    try {
      return Files.readString(file).matches("(?s)(#!/bin/sh|# shellcheck shell=sh)\n.*");
    } catch (IOException e) {
      return false;
    }
  }
}
