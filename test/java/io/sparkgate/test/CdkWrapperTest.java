package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./cdkw} on a machine that lacks something. */
class CdkWrapperTest {

  @Test
  void saysWhatToInstallWhereThereIsNoNpm(@TempDir Path directory) throws Exception {
    for (String file : List.of("cdkw", "package-lock.json")) {
      Files.copy(Path.of("..", file), directory.resolve(file));
    }
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

  private static Path find(String command) throws IOException {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, command))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IOException(command + " is not on the PATH"));
  }
}
