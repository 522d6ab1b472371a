package io.sparkgate.test.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The app in {@code consumer}, of somebody who has the library from a Maven repository. */
public record Consumer(Path directory) {

  /**
   * Builds and synthesizes it.
   *
   * @return the folder of the templates
   */
  public Path synthesize(Path registry, String version) throws Exception {
    Path out = directory.resolve("cdk.out");
    List<String> command =
        List.of(
            Path.of("../mvnw").toAbsolutePath().normalize().toString(),
            "-B",
            "-q",
            "-f",
            copy().toString(),
            // Behind a local repository of its own the other dependencies are found.
            "-Dmaven.repo.local=" + directory.resolve("repository"),
            "-Dmaven.repo.local.tail=" + System.getProperty("settings.localRepository"),
            "-Dregistry=" + registry.toUri(),
            "-Dsparkgate.version=" + version,
            "-Dexec.args=" + out,
            "compile",
            "exec:java");
    Process maven = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(maven.waitFor()).as(output).isZero();
    assertThat(out.resolve("Lakehouse.template.json")).as(output).exists();
    return out;
  }

  /** What Maven fetched of ours: what was in a cache is not here. */
  public Path fetched() {
    return directory.resolve("repository/io/sparkgate");
  }

  private Path copy() throws IOException {
    Path source = Path.of("consumer");
    Path target = directory.resolve("consumer");
    try (var files = Files.walk(source)) {
      for (Path file : files.filter(f -> !f.startsWith(source.resolve("target"))).toList()) {
        Files.createDirectories(target.resolve(source.relativize(file)).getParent());
        Files.copy(file, target.resolve(source.relativize(file)));
      }
    }
    return target;
  }
}
