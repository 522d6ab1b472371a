package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sandbox/run} with a Maven, a CLI and a Java that only say what they were asked. */
class SandboxCommandTest {

  @TempDir private Path home;

  @BeforeEach
  void copy() throws IOException {
    for (String folder :
        List.of(
            "sandbox/laptop/src/main",
            "server/src/main",
            "server/src/stubs",
            "model",
            "client/constraints")) {
      Files.createDirectories(home.resolve(folder));
    }
    Files.createFile(home.resolve("pom.xml"));
    Files.createFile(home.resolve("sandbox/laptop/pom.xml"));
    Files.createFile(home.resolve("server/pom.xml"));
    Files.createFile(home.resolve("server/install-spark-connect.sh"));
    Files.copy(Path.of("../sandbox/run"), home.resolve("sandbox/run"));
    command("mvnw", "touch sandbox/laptop/target/sandbox.jar");
    command("cdkw", "echo \"cdkw $*\" >>asked");
    command("jdk/bin/java", "echo \"java $*\"");
  }

  @ParameterizedTest
  @CsvSource({"'', dev", "--env prod, prod"})
  void synthesizesAnEnvironmentAndPlaysIt(String options, String environment) throws Exception {
    Ended run = run(options.isEmpty() ? new String[0] : options.split(" "));

    assertThat(run.code()).as(run.said()).isZero();
    assertThat(home.resolve("asked")).hasContent("cdkw synth -q -c environment=" + environment);
    assertThat(run.said())
        .contains(
            "java -jar %1$s/sandbox/laptop/target/sandbox.jar --work %1$s/sandbox-work --template %1$s/cdk.out --env %2$s"
                .formatted(home.toRealPath(), environment));
  }

  @Test
  void playsATemplateThatIsThereAlready() throws Exception {
    Ended run = run("--template", "mine.template.json");

    assertThat(run.said()).contains("sandbox-work --template mine.template.json\n");
    assertThat(home.resolve("asked")).doesNotExist();
  }

  @Test
  void saysWhyThereIsNoTemplate() throws Exception {
    command("cdkw", "echo 'cdk.json: environments.dev is wrong'; exit 1");

    Ended run = run();

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.said())
        .endsWith("sandbox: synthesizing dev\ncdk.json: environments.dev is wrong\n")
        .doesNotContain("java -jar");
  }

  private record Ended(int code, String said) {}

  private Ended run(String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of(home.resolve("sandbox/run").toString()));
    words.addAll(List.of(options));
    ProcessBuilder command = new ProcessBuilder(words).redirectErrorStream(true);
    command.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    Process process = command.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  private void command(String file, String script) throws IOException {
    Files.createDirectories(home.resolve(file).getParent());
    Files.writeString(home.resolve(file), "#!/bin/sh\n" + script + "\n");
    assertThat(home.resolve(file).toFile().setExecutable(true)).isTrue();
  }
}
