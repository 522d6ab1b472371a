package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code src/run}, the app of cdk.json: when it asks Maven, and when it starts at once. */
class AppCommandTest {

  /** Takes longer than a tick of the clock that stamps files. */
  private static final String BUILD =
      "echo built; mkdir -p src/target/lib; touch src/target/app.jar; sleep 0.05";

  private static final String BUILDS = "built\nsynthesized\n";
  private static final String STARTS_AT_ONCE = "synthesized\n";

  @TempDir private Path home;

  /** A copy with a Maven and a Java that only say what they were asked. */
  @BeforeEach
  void copy() throws IOException {
    for (String module : List.of("lambda", "constructs", "src")) {
      write(module + "/pom.xml", "");
    }
    write("pom.xml", "");
    write("lambda/src/main/java/Handler.java", "");
    write("constructs/src/main/java/Platform.java", "");
    write("src/main/java/App.java", "");
    command("mvnw", BUILD);
    command("jdk/bin/java", "echo synthesized");
    Files.copy(Path.of("../src/run"), home.resolve("src/run"));
  }

  @Test
  void buildsAFreshClone() throws Exception {
    assertThat(run()).isEqualTo(BUILDS);
  }

  @Test
  void asksNoMavenWhereNothingChanged() throws Exception {
    run();

    assertThat(run()).isEqualTo(STARTS_AT_ONCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "lambda/pom.xml",
        "lambda/src/main/java/Handler.java",
        "constructs/src/main/java/Platform.java",
        "src/main/java/App.java",
        "src/main/java/New.java"
      })
  void buildsWhatIsEdited(String file) throws Exception {
    run();

    write(file, "edited");

    assertThat(run()).isEqualTo(BUILDS);
    assertThat(run()).isEqualTo(STARTS_AT_ONCE);
  }

  @Test
  void buildsWithoutWhatIsDeleted() throws Exception {
    run();

    Files.delete(home.resolve("constructs/src/main/java/Platform.java"));

    assertThat(run()).isEqualTo(BUILDS);
  }

  @Test
  void buildsAgainWhatIsEditedDuringABuild() throws Exception {
    command("mvnw", BUILD + "; touch src/main/java/App.java");
    run();

    assertThat(run()).isEqualTo(BUILDS);
  }

  @Test
  void buildsAgainWhatDidNotCompile() throws Exception {
    run();
    write("src/main/java/App.java", "mistaken");
    command("mvnw", "echo mistake; exit 1");

    assertThat(run()).isEqualTo("mistake\n");
    assertThat(run()).isEqualTo("mistake\n");
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
    ProcessBuilder command = new ProcessBuilder(home.resolve("src/run").toString());
    command.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
