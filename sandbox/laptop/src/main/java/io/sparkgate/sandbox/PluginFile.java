package io.sparkgate.sandbox;

import io.sparkgate.sandbox.ssm.SessionManagerPlugin;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program {@code session-manager-plugin} that people find on their path. */
final class PluginFile {
  private static final String NAME = "session-manager-plugin";

  private PluginFile() {}

  /** Writes it; returns the folder. */
  static Path in(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(NAME);
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    Files.writeString(
        file,
        """
        #!/bin/sh
        # The sandbox's stand-in for the program of AWS; it leads to the sandbox's cluster and nowhere else.
        exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                classPath,
                SessionManagerPlugin.class.getName()));
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
    return folder;
  }
}
