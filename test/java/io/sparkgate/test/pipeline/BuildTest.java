package io.sparkgate.test.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.test.pipeline.Unpacked.Ended;
import io.sparkgate.test.pipeline.Unpacked.Started;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pipeline/build} with a Maven and a CLI that only say what they were asked. */
class BuildTest {

  private static final String SYNTHESIZES =
      "mkdir -p cdk.out; echo '{}' >cdk.out/manifest.json; echo '{}' >cdk.out/SparkConnect-dev.template.json;"
          + " echo '{}' >cdk.out/performance-counters.json;"
          + " echo \"/tmp/jsii-kernel-$$/x /tmp/jsii-java-runtime$$/y\" >cdk.out/SparkConnect-dev.metadata.json;";

  @TempDir private Path home;

  private Unpacked checkout;

  @BeforeEach
  void checkOut() throws IOException {
    checkout = checkout(home);
  }

  private static Unpacked checkout(Path home) throws IOException {
    Unpacked checkout = new Unpacked(home);
    checkout.command("mvnw", "echo \"mvnw $* ${SPARKGATE_DEPLOYS-}\" >>asked");
    checkout.command("src/run", "echo \"src/run $*\" >>asked");
    checkout.withCli("echo \"cdkw $* $SPARKGATE_DEPLOYS $CDK_VALIDATION\" >>asked; " + SYNTHESIZES);
    for (String file : List.of("package.json", "package-lock.json", "client/python")) {
      checkout.copy(file);
    }
    checkout.write("client/README.md", "");
    checkout.write("client/pyproject.toml", "");
    checkout.write("client/constraints/emr-7.13.0.txt", "");
    checkout.write("client/src/sparkgate/__init__.py", "");
    checkout.write("client/src/sparkgate/__pycache__/__init__.pyc", "");
    checkout.write("client/tests/test_nothing.py", "");
    return checkout;
  }

  @Test
  void testsThenSynthesizesAsForADeploymentThenPacks() throws Exception {
    Ended build = checkout.run("build");

    assertThat(build.code()).as(build.err()).isZero();
    assertThat(Files.readAllLines(home.resolve("asked")))
        .containsExactly("src/run --check-jdk", "mvnw -B verify ", "cdkw synth -q true true");
    assertThat(build.lastLine()).isEqualTo("build: assembly.tar is built: dev");
  }

  @Test
  void packsWhatLaterJobsNeedAndNothingElse() throws Exception {
    checkout.write("cdk.out/asset.of-an-earlier-synthesis.jar", "");

    checkout.run("build", "--skip-tests");

    List<String> commands;
    try (var files = Files.list(Unpacked.ROOT.resolve("pipeline"))) {
      commands = files.map(file -> "./pipeline/" + file.getFileName()).toList();
    }
    assertThat(listed("-tf"))
        .contains(
            "./cdk.out/SparkConnect-dev.metadata.json",
            "./cdk.out/SparkConnect-dev.template.json",
            "./cdk.out/manifest.json",
            "./cdkw",
            "./client/README.md",
            "./client/constraints/emr-7.13.0.txt",
            "./client/pyproject.toml",
            "./client/python",
            "./client/src/sparkgate/__init__.py",
            "./package-lock.json",
            "./package.json")
        .containsAll(commands)
        .hasSize(11 + commands.size())
        .isSorted();
    assertThat(listed("-tvf")).allMatch(line -> line.contains(" 2026-01-01 "));
    assertThat(Files.readString(home.resolve("asked"))).doesNotContain("mvnw");
  }

  /** Another folder, another umask, and other names of the folders that jsii runs in. */
  @Test
  void packsTheSameBytesOfTheSameFiles(@TempDir Path elsewhere) throws Exception {
    checkout.run("build");
    Unpacked other = checkout(elsewhere);
    assertThat(new ProcessBuilder("chmod", "-R", "go-rx", elsewhere.toString()).start().waitFor())
        .isZero();

    other.run("build");

    assertThat(Files.readAllBytes(elsewhere.resolve("assembly.tar")))
        .isEqualTo(Files.readAllBytes(home.resolve("assembly.tar")));
  }

  /** It is not known whether CodePipeline keeps the bits that make a file executable. */
  @Test
  void buildsFromFilesThatLostTheirBits() throws Exception {
    List<Path> commands = commandsOfThisRepository();
    commands.remove(Path.of("pipeline/build"));
    for (Path command : commands) {
      Path copy = home.resolve(command);
      if (!Files.exists(copy)) {
        checkout.write(command.toString(), "");
      }
      assertThat(copy.toFile().setExecutable(false, false)).isTrue();
    }

    Ended build = checkout.run("build");

    assertThat(build.code()).as(build.err()).isZero();
    assertThat(commands).map(home::resolve).allMatch(Files::isExecutable);
    assertThat(listed("-tvf")).anyMatch(line -> line.matches("-rwxr-xr-x.* \\./pipeline/gate"));
  }

  @Test
  void packsNothingWhereATestFails() throws Exception {
    checkout.run("build");
    checkout.command("mvnw", "echo 'Tests run: 1, Failures: 1'; exit 1");

    Ended build = checkout.run("build");

    assertThat(build.code()).isEqualTo(1);
    assertThat(home.resolve("assembly.tar")).doesNotExist();
    assertThat(build.lastLine())
        .isEqualTo(
            "build: the tests said no, as Maven's last lines above have it; nothing was packed");
  }

  @Test
  void packsNothingWhereTheSynthesisFails() throws Exception {
    checkout.withCli("echo 'Error: environments.dev.vpc is wrong' >&2; exit 1");

    Ended build = checkout.run("build");

    assertThat(build.code()).isEqualTo(1);
    assertThat(build.err()).contains("Error: environments.dev.vpc is wrong");
    assertThat(home.resolve("assembly.tar")).doesNotExist();
    assertThat(build.lastLine())
        .isEqualTo(
            "build: there is no template to deploy, for the reason above; nothing was packed");
  }

  @Test
  void asksForTheJdkBeforeTheTests() throws Exception {
    checkout.command("jdk/bin/java", "echo 'openjdk version \"25.0.1\"' >&2");
    Files.delete(home.resolve("src/run"));
    checkout.copy("src/run");

    Ended build = checkout.with("JAVA_HOME", home.resolve("jdk").toString()).run("build");

    assertThat(build.code()).isEqualTo(2);
    assertThat(home.resolve("asked")).doesNotExist();
    assertThat(build.lastLine()).startsWith("src/run: JAVA_HOME or the PATH has JDK 25, but");
  }

  @Test
  void leavesNothingHalfDoneBehindASignal() throws Exception {
    checkout.run("build");
    checkout.command("mvnw", "sleep 60 & echo >maven.runs; wait");
    Started build = checkout.start("build");
    build.await("maven.runs");

    build.signal("INT");

    Ended ended = build.end();
    assertThat(ended.code()).isEqualTo(130);
    assertThat(ended.lastLine())
        .isEqualTo("build: ended by SIGINT; there is no assembly.tar; run it again");
    try (var files = Files.list(home)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("assembly.tar"));
    }
  }

  @Test
  void refusesAnOptionThatItDoesNotHave() throws Exception {
    Ended build = checkout.run("build", "--fast");

    assertThat(build.code()).isEqualTo(2);
    assertThat(build.err())
        .isEqualTo("build: there is no option --fast; it takes --skip-tests and nothing else\n");
  }

  private static List<Path> commandsOfThisRepository() throws IOException {
    List<Path> commands = new ArrayList<>();
    Files.walkFileTree(
        Unpacked.ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean made = name.matches("\\..+|target|node_modules|cdk\\.out|sandbox-work|v");
            return made && !folder.equals(Unpacked.ROOT)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
              commands.add(Unpacked.ROOT.relativize(file));
            }
            return FileVisitResult.CONTINUE;
          }

          // Other modules' tests make files and take them away meanwhile.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return commands;
  }

  private List<String> listed(String how) throws IOException {
    Process tar =
        new ProcessBuilder("tar", how, home.resolve("assembly.tar").toString())
            .redirectErrorStream(true)
            .start();
    return new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
  }
}
