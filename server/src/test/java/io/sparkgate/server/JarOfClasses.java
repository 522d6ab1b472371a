package io.sparkgate.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The jar of this module before it is packaged, with the {@link Probe} in it. */
final class JarOfClasses {
  private JarOfClasses() {}

  static Path at(Path file) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      add(jar, Path.of("target/classes"), ".class");
      add(jar, Path.of("target/test-classes"), "Probe.class");
    }
    return file;
  }

  private static void add(JarOutputStream jar, Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(end)).toList()) {
        jar.putNextEntry(new JarEntry(folder.relativize(file).toString()));
        Files.copy(file, jar);
      }
    }
  }
}
