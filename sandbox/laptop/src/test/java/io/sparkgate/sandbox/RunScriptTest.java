package io.sparkgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sandbox/run}: when it asks Maven, and when it starts at once. */
class RunScriptTest {

  /** As Maven does it: a jar that would be the same stays. Longer than a tick of file times. */
  private static final String BUILD =
      "echo built; mkdir -p sandbox/laptop/target;"
          + " [ -f sandbox/laptop/target/sandbox.jar ] || touch sandbox/laptop/target/sandbox.jar; sleep 0.05";

  @TempDir private Path home;

  /** A copy with a Maven and a Java that only say what they were asked. */
  @BeforeEach
  void copy() throws IOException {
    write("pom.xml", "");
    write("model/service-2.json", "");
    write("client/constraints/emr-7.13.0.txt", "");
    write("server/pom.xml", "");
    write("server/install-spark-connect.sh", "");
    write("server/src/main/java/IdleStop.java", "");
    write("server/src/stubs/systemctl", "");
    write("sandbox/laptop/pom.xml", "");
    write("sandbox/laptop/src/main/java/Sandbox.java", "");
    write("sandbox/service/src/main/java/Service.java", "");
    write("sandbox/service/pom.xml", "");
    write("sandbox/laptop/src/test/java/SandboxTest.java", "");
    command("mvnw", BUILD);
    command("jdk/bin/java", "echo started");
    Files.copy(Path.of("../run"), home.resolve("sandbox/run"));
  }

  @Test
  void startsAtOnceTheSecondTime() throws Exception {
    assertThat(run()).contains("building", "built").endsWith("started\n");

    assertThat(run()).isEqualTo("started\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "model/service-2.json",
        "client/constraints/emr-7.13.0.txt",
        "server/pom.xml",
        "server/install-spark-connect.sh",
        "server/src/main/java/IdleStop.java",
        "server/src/stubs/systemctl",
        "sandbox/laptop/pom.xml",
        "sandbox/laptop/src/main/java/Sandbox.java",
        "sandbox/service/src/main/java/Service.java"
      })
  void buildsOnceWhatIsEdited(String file) throws Exception {
    run();

    write(file, "edited");

    assertThat(run()).contains("built");
    assertThat(run()).isEqualTo("started\n");
  }

  @Test
  void preparesQuickStartsOnceForTheJar() throws Exception {
    command("jdk/bin/java", "case $1 in -cp) echo prepared \"$3\";; *) echo started;; esac");

    String first = run();
    String second = run();
    Files.setLastModifiedTime(
        home.resolve("sandbox/laptop/target/sandbox.jar"),
        FileTime.from(Instant.now().plusSeconds(10)));

    String prepared = "prepared io.sparkgate.sandbox.spark.ClassArchive\nstarted\n";
    assertThat(first).endsWith(prepared);
    assertThat(second).isEqualTo("started\n");
    assertThat(run()).endsWith(prepared);
  }

  @Test
  void startsWhereQuickStartsCannotBePrepared() throws Exception {
    command("jdk/bin/java", "case $1 in -cp) echo sorry; exit 1;; *) echo started;; esac");

    assertThat(run()).endsWith("sorry\nstarted\n");
  }

  @Test
  void buildsNothingForATest() throws Exception {
    run();

    write("sandbox/laptop/src/test/java/SandboxTest.java", "edited");

    assertThat(run()).isEqualTo("started\n");
  }

  @Test
  void buildsAgainWhatDidNotCompile() throws Exception {
    command("mvnw", "echo mistake; exit 1");

    assertThat(run()).endsWith("mistake\n");
    assertThat(run()).endsWith("mistake\n");
  }

  @Test
  void synthesizesTheStackThatIsNamed() throws Exception {
    command("cdkw", "printf '%s ' \"$@\" >asked");
    command("jdk/bin/java", "echo \"$@\"");

    String started = run("--env", "dev-cluster").lines().reduce("", (first, last) -> last);

    assertThat(Files.readString(home.resolve("asked")))
        .isEqualTo("synth -q -c environment=dev-cluster ");
    assertThat(started).contains("/cdk.out --env dev-cluster --env dev-cluster");
  }

  private void write(String file, String content) throws IOException {
    Files.createDirectories(home.resolve(file).getParent());
    Files.writeString(home.resolve(file), content);
  }

  private void command(String file, String script) throws IOException {
    write(file, "#!/bin/sh\n" + script + "\n");
    assertThat(home.resolve(file).toFile().setExecutable(true)).isTrue();
  }

  private String run() throws Exception {
    return run("--template", "any.json");
  }

  private String run(String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of(home.resolve("sandbox/run").toString()));
    words.addAll(List.of(options));
    ProcessBuilder command = new ProcessBuilder(words);
    command.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
