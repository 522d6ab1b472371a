package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code src/run}, the app of cdk.json: when it asks Maven, and when it starts at once. */
class AppCommandTest {

  private static final String BUILD =
      "echo built; mkdir -p src/target/lib lambda/target server/target; touch src/target/app.jar";

  /** Until the clock that stamps files has ticked. */
  private static final String EDIT =
      "until [ -n \"$(find src/main/java/App.java -newer src/target/built.new)\" ];"
          + " do touch src/main/java/App.java; done";

  private static final String BUILDS = "built\nsynthesized\n";
  private static final String STARTS_AT_ONCE = "synthesized\n";

  @TempDir private Path home;

  /** A copy with a Maven and a Java that only say what they were asked. */
  @BeforeEach
  void copy() throws IOException {
    for (String module : List.of("lambda", "server", "constructs", "src")) {
      write(module + "/pom.xml", "");
    }
    write("pom.xml", "");
    write("client/constraints/emr-7.13.0.txt", "");
    write("client/src/sparkgate/prices.json", "");
    write("model/service-2.json", "");
    write("lambda/src/border/java/Handlers.java", "");
    write("lambda/src/main/java/Handler.java", "");
    write("server/install-spark-connect.sh", "");
    write("server/src/main/java/Interceptor.java", "");
    write("constructs/src/main/java/Platform.java", "");
    write("samples/wordcount/wordcount.py", "");
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
        "client/constraints/emr-7.13.0.txt",
        "client/src/sparkgate/prices.json",
        "model/service-2.json",
        "lambda/pom.xml",
        "lambda/src/main/java/Handler.java",
        "lambda/src/border/java/Handlers.java",
        "server/pom.xml",
        "server/install-spark-connect.sh",
        "server/src/main/java/Interceptor.java",
        "constructs/src/main/java/Platform.java",
        "samples/wordcount/wordcount.py",
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
    command("mvnw", BUILD + "; " + EDIT);
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

  @Test
  void deploysNothingThatAnotherJdkBuilt() throws Exception {
    jdk(25);

    assertThat(run("SPARKGATE_DEPLOYS=true"))
        .isEqualTo(
            "src/run: JAVA_HOME or the PATH has JDK 25, but deployments are built with JDK 17,"
                + " because another one makes other functions of the same sources; install JDK 17,"
                + " or set SPARKGATE_JDK=25 wherever you deploy\n");
    assertThat(run("SPARKGATE_DEPLOYS=true", "SPARKGATE_JDK=25")).isEqualTo(BUILDS);
    assertThat(run()).isEqualTo(STARTS_AT_ONCE);
  }

  @Test
  void buildsAgainToDeployWhatMavenMayHaveBuiltWithAnotherJdk() throws Exception {
    jdk(17);
    assertThat(run()).isEqualTo(BUILDS);
    write("lambda/target/classes/Handler.class", "of any JDK");

    assertThat(run("SPARKGATE_DEPLOYS=true")).isEqualTo(BUILDS);
    assertThat(home.resolve("lambda/target/classes")).doesNotExist();
    assertThat(run("SPARKGATE_DEPLOYS=true")).isEqualTo(STARTS_AT_ONCE);

    write("server/target/classes/Interceptor.class", "of any JDK");

    assertThat(run("SPARKGATE_DEPLOYS=true")).isEqualTo(BUILDS);
  }

  private void jdk(int version) throws IOException {
    command(
        "jdk/bin/java",
        "[ \"$1\" != -version ] || { echo 'openjdk version \"%d.0.1\"' >&2; exit; }; echo synthesized"
            .formatted(version));
  }

  private void write(String file, String content) throws IOException {
    Files.createDirectories(home.resolve(file).getParent());
    Files.writeString(home.resolve(file), content);
  }

  private void command(String file, String script) throws IOException {
    write(file, "#!/bin/sh\n" + script + "\n");
    assertThat(home.resolve(file).toFile().setExecutable(true)).isTrue();
  }

  private String run(String... variables) throws Exception {
    List<String> words = new ArrayList<>(List.of("env", "-u", "SPARKGATE_DEPLOYS"));
    words.addAll(List.of(variables));
    words.add(home.resolve("src/run").toString());
    ProcessBuilder command = new ProcessBuilder(words);
    command.environment().put("JAVA_HOME", home.resolve("jdk").toString());
    Process process = command.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    age();
    return output;
  }

  /** Makes all files an hour older, so that what a test does next is later by any clock. */
  private void age() throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      for (Path file : all.toList()) {
        Instant stamped = Files.getLastModifiedTime(file).toInstant();
        Files.setLastModifiedTime(file, FileTime.from(stamped.minus(Duration.ofHours(1))));
      }
    }
  }
}
