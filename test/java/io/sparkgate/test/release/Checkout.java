package io.sparkgate.test.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A git repository that has {@code pipeline/release}, and nothing of this machine's settings. */
record Checkout(Path root) {

  /** How a command ended, and what it said. */
  record Outcome(int exitCode, String output, List<String> errors) {

    /** The last line, which says why. */
    String reason() {
      return errors.isEmpty() ? "" : errors.get(errors.size() - 1);
    }
  }

  /** A command that has not ended. */
  record Running(Process process, Path errors) {

    Outcome end() throws Exception {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      return new Outcome(code, output, Files.readAllLines(errors));
    }
  }

  /** With the tree that is tested, as it would be committed now. */
  static Checkout ofThisTree(Path root) throws Exception {
    Checkout checkout = new Checkout(root).init();
    String tree = Path.of("..").toAbsolutePath().normalize().toString();
    checkout.git("--git-dir=" + root.resolve(".git"), "--work-tree=" + tree, "add", "--all");
    checkout.git("commit", "--quiet", "--message", "All of it");
    checkout.git("reset", "--quiet", "--hard");
    return checkout;
  }

  /** With nothing else. */
  static Checkout ofTheCommand(Path root) throws Exception {
    Checkout checkout = new Checkout(root).init();
    Files.createDirectories(root.resolve("pipeline"));
    for (String file : List.of("pipeline/release", "pipeline/common.sh")) {
      Files.copy(Path.of("..", file), root.resolve(file));
    }
    return checkout;
  }

  private Checkout init() throws Exception {
    assumeThat(System.getenv("CI") != null || runs("git", "--version"))
        .as("git is on the PATH")
        .isTrue();
    Files.createDirectories(root);
    git("init", "--quiet");
    return this;
  }

  static boolean runs(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  Checkout write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    assertThat(path.toFile().setExecutable(true)).isTrue();
    return this;
  }

  Checkout commit() throws Exception {
    git("add", "--all");
    git("commit", "--quiet", "--message", "A commit");
    return this;
  }

  String git(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=Somebody", "-c", "user.email=@"));
    command.addAll(List.of(arguments));
    Outcome outcome = start(Map.of(), command).end();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    return outcome.output().strip();
  }

  Outcome release(Map<String, String> environment, String... arguments) throws Exception {
    return start(environment, command(arguments)).end();
  }

  Running startRelease(Map<String, String> environment, String... arguments) throws IOException {
    return start(environment, command(arguments));
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("pipeline/release"));
    command.addAll(List.of(arguments));
    return command;
  }

  private Running start(Map<String, String> environment, List<String> command) throws IOException {
    // Of somebody whose files others may not read.
    List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", "umask 077; exec \"$@\"", "-"));
    guarded.addAll(command);
    Path errors = Files.createTempFile("release", ".log");
    errors.toFile().deleteOnExit();
    ProcessBuilder builder = new ProcessBuilder(guarded).directory(root.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> name.startsWith("GIT_"));
    variables.putAll(Map.of("GIT_CONFIG_NOSYSTEM", "true", "GIT_CONFIG_GLOBAL", "/dev/null"));
    variables.putAll(environment);
    return new Running(builder.redirectError(errors.toFile()).start(), errors);
  }
}
