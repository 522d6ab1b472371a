package io.sparkgate.sandbox.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** Makes a function's jar of a source in the test resources. */
public final class TestJar {

  static final Path RUNTIME_CLIENT = FunctionSettings.runtimeClientOfSandbox().toAbsolutePath();

  private TestJar() {}

  /** Compiled here, because Lambda's interfaces are not on the class path of the sandbox. */
  public static Path of(String name, Path directory) throws IOException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    String core =
        RUNTIME_CLIENT
            .resolve(
                Objects.requireNonNull(
                    RUNTIME_CLIENT.toFile().list((dir, file) -> file.contains("java-core")))[0])
            .toString();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                core,
                "-d",
                classes.toString(),
                source(name, directory).toString());
    if (failed != 0) {
      throw new IllegalStateException("the test function does not compile");
    }
    Path jar = directory.resolve(name + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry(name + ".class"));
      Files.copy(classes.resolve(name + ".class"), out);
    }
    return jar;
  }

  private static Path source(String name, Path directory) throws IOException {
    try (InputStream source = TestJar.class.getResourceAsStream("/function/" + name + ".java")) {
      Path copy = directory.resolve(name + ".java");
      Files.write(copy, Objects.requireNonNull(source).readAllBytes());
      return copy;
    }
  }
}
