package io.sparkgate.test.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder with the commands of {@code pipeline/}, as an unpacked assembly.tar has them, and with a
 * CDK CLI that is the real one or does what a test says. Nobody is signed in to AWS.
 */
final class Unpacked implements AutoCloseable {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final Path home;
  private final List<Path> links = new ArrayList<>();
  private final Map<String, String> variables = new TreeMap<>();

  Unpacked(Path home) throws IOException {
    this.home = home;
    variables.put("HOME", Files.createDirectories(home.resolve("nobody")).toString());
    variables.put("AWS_EC2_METADATA_DISABLED", "true");
    try (Stream<Path> commands = Files.list(ROOT.resolve("pipeline"))) {
      for (Path command : commands.toList()) {
        copy("pipeline/" + command.getFileName());
      }
    }
  }

  /** Whose assembly has these environments, as far as a CLI that is not the real one looks. */
  static Unpacked of(Path home, String... environments) throws IOException {
    Unpacked unpacked = new Unpacked(home);
    unpacked.write("cdk.out/manifest.json", "{}");
    for (String environment : environments) {
      unpacked.write("cdk.out/SparkConnect-" + environment + ".template.json", "{}");
    }
    return unpacked;
  }

  Path file(String name) {
    return home.resolve(name);
  }

  Unpacked with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  /** With {@code ./cdkw} as it is, and what it has installed. */
  Unpacked withTheCli() throws IOException {
    for (String file : List.of("cdkw", "package.json", "package-lock.json")) {
      copy(file);
    }
    link("node_modules", ROOT.resolve("node_modules"));
    return this;
  }

  void link(String name, Path target) throws IOException {
    links.add(Files.createSymbolicLink(file(name), target));
  }

  /** With a shell script for {@code ./cdkw}. */
  Unpacked withCli(String script) throws IOException {
    command("cdkw", script);
    return this;
  }

  void command(String name, String script) throws IOException {
    write(name, "#!/bin/sh\n" + script + "\n");
    assertThat(file(name).toFile().setExecutable(true)).isTrue();
  }

  void write(String name, String content) throws IOException {
    Files.createDirectories(file(name).getParent());
    Files.writeString(file(name), content);
  }

  void copy(String name) throws IOException {
    Files.createDirectories(file(name).getParent());
    Files.copy(ROOT.resolve(name), file(name));
  }

  /** Signed in, with an AWS that is not there. */
  Unpacked signedIn(FakeAws aws) {
    return with("AWS_ENDPOINT_URL", aws.endpoint())
        .with("AWS_REGION", "eu-west-1")
        .with("AWS_ACCESS_KEY_ID", "ASIAEXAMPLE")
        .with("AWS_SECRET_ACCESS_KEY", "secret")
        .with("AWS_SESSION_TOKEN", "token");
  }

  /** Takes the links away, of which JUnit would warn when it deletes the folder. */
  @Override
  public void close() throws IOException {
    for (Path link : links) {
      Files.delete(link);
    }
  }

  /** Runs a command of {@code pipeline/} to its end. */
  Ended run(String command, String... arguments) throws Exception {
    return start(command, arguments).end();
  }

  /**
   * Starts one with no signal ignored, whatever ran the tests: a shell cannot trap what was ignored
   * before it. Node starts its children so.
   */
  Started start(String command, String... arguments) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                ROOT.resolve("node_modules/node/bin/node").toString(),
                "-e",
                "const [file, ...rest] = process.argv.slice(1);"
                    + "const options = {stdio: 'inherit'};"
                    + "const child = require('node:child_process').spawn(file, rest, options);"
                    + "require('node:fs').writeFileSync('started.pid', String(child.pid));"
                    + "child.on('exit', code => process.exit(code ?? 99));",
                file("pipeline/" + command).toString()));
    words.addAll(List.of(arguments));
    ProcessBuilder process = new ProcessBuilder(words).directory(home.toFile());
    process.environment().keySet().removeIf(name -> name.matches("AWS_.*|CDK_.*|SPARKGATE_.*"));
    process.environment().putAll(variables);
    process.redirectOutput(file("started.out").toFile());
    process.redirectError(file("started.err").toFile());
    return new Started(process.start(), home);
  }

  /** A command that runs. */
  record Started(Process process, Path home) {

    void signal(String name) throws Exception {
      await("started.pid");
      String pid = Files.readString(home.resolve("started.pid"));
      assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    }

    /** Waits for what a command, or what it started, leaves behind. */
    void await(String file) throws Exception {
      while (!Files.exists(home.resolve(file))) {
        assertThat(process.isAlive()).as("ended before there was " + file).isTrue();
        Thread.sleep(10);
      }
    }

    Ended end() throws Exception {
      int code = process.waitFor();
      return new Ended(
          code,
          Files.readString(home.resolve("started.out")),
          Files.readString(home.resolve("started.err")));
    }
  }

  /** A command that ran: its exit code and what it printed. */
  record Ended(int code, String out, String err) {

    String lastLine() {
      return err.lines().reduce("", (before, line) -> line);
    }
  }
}
