package io.sparkgate.sandbox.lambda;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** Makes a function's jar of a source in the test resources. */
public final class TestJar {

  static final Path RUNTIME_CLIENT = Path.of("target", "lambda-runtime").toAbsolutePath();

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
            .run(null, null, null, "-cp", core, "-d", classes.toString(), source(name).toString());
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

  private static Path source(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(TestJar.class.getResource("/function/" + name + ".java")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
