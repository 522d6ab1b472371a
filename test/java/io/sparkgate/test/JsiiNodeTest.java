package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code src/jsii-node} before a runtime that answers whatever it is asked. */
class JsiiNodeTest {

  private static final String ANSWERS =
      """
      const fs = require('node:fs');
      const question = Buffer.alloc(100);
      const length = fs.readSync(3, question);
      fs.readFileSync(__filename);
      console.log('printed');
      console.error('warned');
      fs.writeSync(3, 'answer to ' + question.toString('utf8', 0, length));
      """;

  @TempDir private Path directory;

  @Test
  void hasTheRuntimeAnswerByItselfAndKeepsWhatItPrintsApart() throws Exception {
    Path launcher = runtime("bin/jsii-runtime.js", "process.exit(9)");
    runtime("lib/program.js", ANSWERS);

    Ended ended = start(launcher);

    assertThat(ended.stdout()).isEqualTo("answer to question\n");
    assertThat(ended.stderr().lines())
        .containsExactly(line("stdout", "printed\n"), line("stderr", "warned\n"));
  }

  @Test
  void startsALauncherThatIsLaidOutInAnotherWayAsItIs() throws Exception {
    Path launcher = runtime("bin/jsii-runtime.js", "process.stdin.pipe(process.stdout)");

    assertThat(start(launcher).stdout()).isEqualTo("question\n");
    assertThat(start(Files.move(launcher, directory.resolve("other.js"))).stdout())
        .isEqualTo("question\n");
  }

  private record Ended(String stdout, String stderr) {}

  private Ended start(Path launcher) throws Exception {
    Path errors = directory.resolve("stderr");
    ProcessBuilder node = new ProcessBuilder("../src/jsii-node", launcher.toString());
    node.environment()
        .put(
            "SPARKGATE_NODE", Path.of("../node_modules/node/bin/node").toAbsolutePath().toString());
    Process process = node.redirectError(errors.toFile()).start();
    process.getOutputStream().write("question\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String told = Files.readString(errors);
    assertThat(process.waitFor()).as(output + told).isZero();
    return new Ended(output, told);
  }

  private Path runtime(String file, String program) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, program);
  }

  private static String line(String stream, String text) {
    return "{\"%s\":\"%s\"}"
        .formatted(
            stream, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
  }
}
