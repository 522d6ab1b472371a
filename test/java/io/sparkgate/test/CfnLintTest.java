package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs where {@code cfn-lint} is on the PATH, and is skipped elsewhere: it is a Python tool. */
class CfnLintTest {

  @Test
  void findsNoErrorInThreeRegions(
      @TempDir Path app,
      @TempDir Path clusters,
      @TempDir Path features,
      @TempDir Path catalogs,
      @TempDir Path sources,
      @TempDir Path looks)
      throws Exception {
    assumeThat(isInstalled()).as("cfn-lint is on the PATH").isTrue();
    List<String> command =
        new ArrayList<>(
            List.of(
                "cfn-lint",
                "--non-zero-exit-code",
                "error",
                "-r",
                "us-east-1",
                "eu-west-1",
                "ap-southeast-2",
                "-t"));
    Synthesized.full(app).templates().forEach(file -> command.add(file.toString()));
    Clusters.synthesize(clusters).templates().forEach(file -> command.add(file.toString()));
    AllFeatures.synthesize(features).templates().forEach(file -> command.add(file.toString()));
    Catalogs.synthesize(catalogs).templates().forEach(file -> command.add(file.toString()));
    Looks.synthesize(looks).templates().forEach(file -> command.add(file.toString()));
    Sources.synthesize(sources).templates().forEach(file -> command.add(file.toString()));

    Process lint = new ProcessBuilder(command).redirectErrorStream(true).start();
    String findings = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(lint.waitFor()).as(findings).isZero();
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("cfn-lint", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
