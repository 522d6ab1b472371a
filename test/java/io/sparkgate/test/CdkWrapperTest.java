package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./cdkw} beside a lock file, with as much of what that names as a test needs. */
class CdkWrapperTest {

  @TempDir private Path directory;

  @BeforeEach
  void copy() throws IOException {
    for (String file : List.of("cdkw", "package-lock.json")) {
      Files.copy(Path.of("..", file), directory.resolve(file));
    }
  }

  @Test
  void saysWhatToInstallWhereThereIsNoNpm() throws Exception {
    Path commands = Files.createDirectory(directory.resolve("bin"));
    for (String command : List.of("dirname", "cmp")) {
      Path own =
          Files.writeString(commands.resolve(command), "exec " + find(command) + " \"$@\"\n");
      assertThat(own.toFile().setExecutable(true)).isTrue();
    }

    ProcessBuilder cdkw = new ProcessBuilder("/bin/sh", directory.resolve("cdkw").toString());
    cdkw.environment().put("PATH", commands.toString());
    Process process = cdkw.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output)
        .isEqualTo(
            "cdkw: npm is not on the PATH; install Node 20 or newer (it brings npm) and try again\n");
  }

  @Test
  void installsOnceWhereTwoAskAtOnceAndOneThatWasKilledLeftItsTurn() throws Exception {
    Process killed = new ProcessBuilder("true").start();
    killed.waitFor();
    Files.createSymbolicLink(directory.resolve(".cdkw-turn"), Path.of(Long.toString(killed.pid())));
    // Whoever installs waits until somebody else is there: in vain, if he installs as well.
    stub(
        "npm",
        """
        echo installs >> npm.log
        while [ ! -e somebody-waits ] && [ "$(wc -l < npm.log)" = 1 ]; do /bin/sleep 0.1; done
        mkdir -p node_modules/node/bin
        echo '#!/bin/sh' > node_modules/node/bin/node
        chmod +x node_modules/node/bin/node
        """);
    stub("sleep", "touch '" + directory.resolve("somebody-waits") + "'; exec /bin/sleep 0.1\n");

    List<Process> both = List.of(cdkw(), cdkw());

    List<String> outputs = new ArrayList<>();
    for (Process one : both) {
      String output = new String(one.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(one.waitFor()).as(output).isZero();
      outputs.add(output);
    }
    assertThat(directory.resolve("npm.log")).hasContent("installs");
    assertThat(outputs)
        .as("who waits says for whom, once")
        .filteredOn(output -> output.matches("cdkw: process \\d+ installs .+; waiting for it\n"))
        .hasSize(1);
    assertThat(Files.isSymbolicLink(directory.resolve(".cdkw-turn"))).isFalse();
  }

  @Test
  void saysWhyItCannotInstallAndDoesNotWaitForEver() throws Exception {
    Path turn = Files.createFile(directory.resolve(".cdkw-turn"));
    stub("npm", "echo installs >> npm.log\n");

    Process process = cdkw();

    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output)
        .startsWith("ln: ")
        .endsWith(
            "cdkw: %s cannot be made, for the reason above; node_modules is installed only while it is there\n"
                .formatted(turn));
    assertThat(directory.resolve("npm.log")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "synth -q, false",
    "watch SparkConnect-dev, false",
    "deploy SparkConnect-dev, ''",
    "--profile mine deploy --all, ''"
  })
  void asksTheRulesOfTheCdkOnlyToDeploy(String arguments, String validation) throws Exception {
    assertThat(validationOf(arguments, Map.of())).isEqualTo(validation);
  }

  @Test
  void asksThemWheneverItIsTold() throws Exception {
    assertThat(validationOf("synth", Map.of("CDK_VALIDATION", "true"))).isEqualTo("true");
  }

  @ParameterizedTest
  @CsvSource({"synth -q, ''", "deploy SparkConnect-dev, true"})
  void saysThatItDeploys(String arguments, String deploys) throws Exception {
    assertThat(variableOf("SPARKGATE_DEPLOYS", arguments, Map.of())).isEqualTo(deploys);
  }

  /** What the CLI, and through it the app, gets to know of the rules. */
  private String validationOf(String arguments, Map<String, String> environment) throws Exception {
    return variableOf("CDK_VALIDATION", arguments, environment);
  }

  private String variableOf(String name, String arguments, Map<String, String> environment)
      throws Exception {
    Path modules = directory.resolve("node_modules");
    Path node = modules.resolve("node/bin/node");
    Files.createDirectories(node.getParent());
    Files.copy(directory.resolve("package-lock.json"), modules.resolve(".sparkgate-lock"));
    Files.writeString(node, "#!/bin/sh\nprintf %s \"${" + name + "-}\"\n");
    assertThat(node.toFile().setExecutable(true)).isTrue();

    List<String> command = new ArrayList<>(List.of(directory.resolve("cdkw").toString()));
    command.addAll(List.of(arguments.split(" ")));
    ProcessBuilder cdkw = new ProcessBuilder(command).redirectErrorStream(true);
    cdkw.environment().remove(name);
    cdkw.environment().putAll(environment);
    Process process = cdkw.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private void stub(String command, String script) throws IOException {
    Path stub = Files.createDirectories(directory.resolve("stubs")).resolve(command);
    Files.writeString(stub, "#!/bin/sh\nset -e\n" + script);
    assertThat(stub.toFile().setExecutable(true)).isTrue();
  }

  private Process cdkw() throws IOException {
    ProcessBuilder cdkw = new ProcessBuilder(directory.resolve("cdkw").toString(), "--version");
    cdkw.environment()
        .merge("PATH", directory.resolve("stubs") + ":", (path, stubs) -> stubs + path);
    return cdkw.redirectErrorStream(true).start();
  }

  private static Path find(String command) throws IOException {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IOException(command + " is not on the PATH"));
  }
}
