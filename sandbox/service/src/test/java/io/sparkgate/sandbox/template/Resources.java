package io.sparkgate.sandbox.template;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The cloud assembly in the test resources: templates that our own constructs synthesized. */
public final class Resources {

  private Resources() {}

  /** As it is, without the function's jar. */
  public static Path assembly() {
    try {
      // A folder also where the class itself is in the jar of these tests.
      Path own =
          Path.of(Resources.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return own.resolveSibling("test-classes").resolve("assembly");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A copy with the function's jar beside the templates. */
  static Path assemblyWithJar(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(assembly())) {
      for (Path file : files.toList()) {
        Files.copy(file, directory.resolve(file.getFileName()));
      }
    }
    Files.createFile(directory.resolve("asset.00000000.jar"));
    return directory;
  }

  /** The stack with a role for each persona. */
  public static Blueprint personas() {
    try {
      return Blueprints.read(assembly(), Optional.of("personas"), remark -> {});
    } catch (BadInput e) {
      throw new IllegalStateException(e);
    }
  }

  /** A file with these lines. */
  static Path file(Path directory, String name, String... lines) {
    try {
      return Files.write(directory.resolve(name), List.of(lines));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
