package io.sparkgate.sandbox.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A script of ours with places, {@code @NAME@}, for what only this run knows. */
record ShellScript(String text) {

  static ShellScript of(String resource) throws IOException {
    try (InputStream text = ShellScript.class.getResourceAsStream(resource)) {
      return new ShellScript(new String(text.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  ShellScript with(String name, String value) {
    return with(name, List.of(value));
  }

  /** Several words. */
  ShellScript with(String name, List<String> values) {
    String words = values.stream().map(ShellScript::quoted).collect(Collectors.joining(" "));
    return new ShellScript(text.replace("@" + name + "@", words));
  }

  Path write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
    return file;
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
