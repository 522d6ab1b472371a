package io.sparkgate.test.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sparkgate.test.release.Checkout.Outcome;
import io.sparkgate.test.release.Checkout.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code pipeline/release} does around a build, with one that takes no time. */
class ReleaseCommandTest {

  @TempDir private Path directory;
  private Toolchain toolchain;
  private Checkout checkout;

  @BeforeEach
  void check() throws Exception {
    toolchain = Toolchain.in(directory);
    checkout = toolchain.checkout();
    checkout.git("tag", "v1.2.3");
  }

  @Test
  void explainsItself() throws Exception {
    Outcome help = toolchain.release("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.output()).contains("--maven TARGET", "--wheels FOLDER", "exit codes: 0 done");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1.2", "v1.2.3", "1.2.3-SNAPSHOT", "1.2.3-rc.1", "01.2.3", "1.2.3\n4.5.6"})
  void takesThreeNumbersAsAVersion(String version) throws Exception {
    Outcome outcome = toolchain.release(version);

    refused(outcome);
    assertThat(String.join("\n", outcome.errors()))
        .isEqualTo(
            "release: VERSION is '"
                + version
                + "'; it is three numbers, such as 1.2.3, because Maven, pip and git read nothing else alike");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.2.3 --dry-run|there is no option --dry-run; see ./pipeline/release --help",
        "1.2.3 1.2.4|two versions, 1.2.3 and 1.2.4; a release is of one",
        "1.2.3 --wheels|--wheels is empty; say where to publish, or leave it out to publish nothing",
        "1.2.3 --maven https://maven.example.com|--maven is 'https://maven.example.com'; it takes a folder, or"
            + " ID::https://…, where ID is the <id> of the <server> in settings.xml that has the credentials",
        "1.2.3 --maven example::http://maven.example.com|--maven is 'example::http://maven.example.com'; it takes"
            + " a folder, or ID::https://…, where ID is the <id> of the <server> in settings.xml that has the"
            + " credentials",
        "1.2.3 --untagged --maven example::https://maven.example.com|--untagged publishes to folders only; what"
            + " others resolve from https://maven.example.com has a tag: git tag v1.2.3",
      })
  void refusesWhatItDoesNotUnderstand(String arguments, String reason) throws Exception {
    Outcome outcome = toolchain.release(arguments.split(" "));

    refused(outcome);
    assertThat(outcome.reason()).isEqualTo("release: " + reason);
  }

  @Test
  void refusesAPasswordInAnArgumentAndDoesNotRepeatIt() throws Exception {
    Outcome outcome =
        toolchain.release("1.2.3", "--maven", "example::https://me:s3cret@maven.example.com");

    refused(outcome);
    assertThat(outcome.errors())
        .containsExactly(
            "release: --maven carries a user or a password; put them into settings.xml, as docs/releasing.md"
                + " shows, and name their <server> instead: --maven ID::URL");
  }

  @Test
  void refusesATreeThatDiffersFromItsCommit() throws Exception {
    checkout.write("forgotten", "");

    Outcome outcome = toolchain.release("1.2.3");

    refused(outcome);
    assertThat(outcome.reason())
        .isEqualTo(
            "release: the tree differs from its commit: ?? forgotten …; commit or stash that, because a"
                + " release is of a commit");
  }

  @Test
  void refusesAVersionThatIsNotTheTagOfTheCommit() throws Exception {
    Outcome outcome = toolchain.release("1.2.4");

    refused(outcome);
    assertThat(outcome.reason())
        .isEqualTo(
            "release: HEAD, "
                + checkout.git("rev-parse", "--short", "HEAD")
                + ", has no tag v1.2.4; check out the tag, or make it: git tag v1.2.4");
    assertThat(toolchain.release("1.2.4", "--untagged").exitCode()).isZero();
  }

  @Test
  void refusesAnotherJdk() throws Exception {
    Path other = directory.resolve("other");
    Files.createDirectories(other.resolve("bin"));
    Path java = other.resolve("bin/java");
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"25.0.1\"' >&2\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    Outcome outcome = toolchain.release(Map.of("JAVA_HOME", other.toString()), "1.2.3");

    refused(outcome);
    assertThat(outcome.reason())
        .isEqualTo(
            "release: JAVA_HOME or the PATH has JDK 25, but releases are built with JDK 17, because another"
                + " one makes other bytes of the same sources; install JDK 17 and set JAVA_HOME");
  }

  @Test
  void publishesNothingWithoutATarget() throws Exception {
    Outcome outcome = toolchain.release("1.2.3");

    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.reason())
        .endsWith(
            "is built, in target/release; nothing was published, for want of --maven and --wheels");
    assertThat(toolchain.askedOfMaven())
        .singleElement()
        .isEqualTo("mvnw -B -Drevision=1.2.3 verify");
    assertThat(built("sparkgate-1.2.3-py3-none-any.whl")).hasContent("a wheel with a licence");
    assertThat(built("SHA256SUMS")).content().hasLineCount(7);
    assertThat(checkout.git("status", "--porcelain")).isEmpty();
    assertThat(toolchain.temporary()).isEmptyDirectory();
  }

  @Test
  void publishesWhatWasBuiltWithoutBuildingAgain() throws Exception {
    toolchain.release("1.2.3");
    toolchain.askedOfMaven();

    Outcome outcome = toolchain.release("1.2.3", "--maven", "ours::https://maven.example.com/a");

    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(toolchain.askedOfMaven())
        .singleElement()
        .asString()
        .contains(
            "deploy:deploy-file -DrepositoryId=ours -Durl=https://maven.example.com/a ",
            "target/release/sparkgate-constructs-1.2.3.pom ");
  }

  @Test
  void buildsAgainWhatWasNotTestedOrIsNotWhatWasBuilt() throws Exception {
    toolchain.release("1.2.3", "--skip-tests");
    assertThat(toolchain.askedOfMaven()).singleElement().asString().contains("-DskipTests");

    toolchain.release("1.2.3");
    assertThat(toolchain.askedOfMaven()).hasSize(1);

    Files.writeString(built("sparkgate-constructs-1.2.3.jar"), "something else");
    toolchain.release("1.2.3");
    assertThat(toolchain.askedOfMaven()).hasSize(1);

    checkout.write("source", "another source").commit();
    toolchain.release("1.2.3", "--untagged");
    assertThat(toolchain.askedOfMaven()).hasSize(1);
    assertThat(built("sparkgate-constructs-1.2.3.jar")).hasContent(".jar of another source");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BUILT|7|the build of 1.2.3 failed; Maven's words are above; nothing was published",
        "PARTS|''|Maven made no sparkgate-constructs-1.2.3-cyclonedx.json; it leaves that out offline and with"
            + " -Dmaven.javadoc.skip; nothing was published",
      })
  void publishesNothingOfABuildThatFails(String variable, String value, String reason)
      throws Exception {
    Path wheels = directory.resolve("wheels");

    Outcome outcome =
        toolchain.release(
            Map.of(variable, value),
            "1.2.3",
            "--maven",
            "ours::https://maven.example.com",
            "--wheels",
            wheels.toString());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.reason()).isEqualTo("release: " + reason);
    assertThat(toolchain.askedOfMaven()).noneMatch(line -> line.contains("deploy"));
    assertThat(wheels).doesNotExist();
    assertThat(toolchain.temporary()).isEmptyDirectory();
  }

  @Test
  void saysWhatToDoWhenTheRepositoryRefuses() throws Exception {
    Path wheels = directory.resolve("wheels");

    Outcome outcome =
        toolchain.release(
            Map.of("DEPLOYED", "1"),
            "1.2.3",
            "--maven",
            "ours::https://maven.example.com",
            "--wheels",
            wheels.toString());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.reason())
        .isEqualTo(
            "release: ours::https://maven.example.com did not take 1.2.3; Maven's words are above. If it has that"
                + " version, compare it with target/release/SHA256SUMS; if it got a part, delete the version there"
                + " and run this again: docs/releasing.md");
    assertThat(wheels).doesNotExist();
  }

  @Test
  void neverReplacesWhatAFolderHas() throws Exception {
    Path wheels = Files.createDirectory(directory.resolve("wheels"));
    Path wheel = wheels.resolve("sparkgate-1.2.3-py3-none-any.whl");
    assertThat(toolchain.release("1.2.3", "--wheels", wheels.toString()).exitCode()).isZero();
    assertThat(toolchain.release("1.2.3", "--wheels", wheels.toString()).exitCode()).isZero();
    Files.writeString(wheel, "another");
    toolchain.askedOfMaven();

    Outcome outcome =
        toolchain.release(
            "1.2.3", "--maven", directory.resolve("maven").toString(), "--wheels", wheels + "");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.reason())
        .isEqualTo(
            "release: "
                + wheels
                + " has another sparkgate-1.2.3-py3-none-any.whl; a version that is published never changes, so"
                + " release the next one; nothing was published");
    assertThat(wheel).hasContent("another");
    assertThat(toolchain.askedOfMaven()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"HUP, 129", "INT, 130", "TERM, 143"})
  void endsWithAllThatItStarted(String signal, int code) throws Exception {
    assumeThat(isHeard(signal)).as("no process above these tests ignores SIG%s", signal).isTrue();
    Path hanging = directory.resolve("hanging");
    Running running = toolchain.start(Map.of("HANGS", hanging.toString()), "1.2.3");
    while (!Files.exists(hanging) || Files.size(hanging) == 0) {
      assertThat(running.process().isAlive()).isTrue();
      Thread.sleep(20);
    }
    var started = running.process().descendants().toList();

    new ProcessBuilder("kill", "-" + signal, "" + running.process().pid()).start().waitFor();
    Outcome outcome = running.end();

    assertThat(outcome.exitCode()).isEqualTo(code);
    assertThat(outcome.reason())
        .isEqualTo("release: ended by SIG" + signal + "; nothing was published");
    assertThat(started)
        .hasSizeGreaterThan(1)
        .allSatisfy(process -> assertThat(process.onExit()).succeedsWithin(Duration.ofMinutes(1)));
    assertThat(toolchain.temporary()).isEmptyDirectory();
  }

  /** What was ignored when a shell started, such as SIGINT in the background, it cannot trap. */
  private static boolean isHeard(String signal) throws Exception {
    String script = "trap 'exit 9' " + signal + "; kill -" + signal + " $$; exit 0";
    return new ProcessBuilder("/bin/sh", "-c", script).start().waitFor() == 9;
  }

  private static void refused(Outcome outcome) {
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(2);
    assertThat(outcome.output()).isEmpty();
  }

  private Path built(String file) {
    return checkout.root().resolve("target/release").resolve(file);
  }
}
