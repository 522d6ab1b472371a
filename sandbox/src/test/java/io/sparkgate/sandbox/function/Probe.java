package io.sparkgate.sandbox.function;

import io.sparkgate.sandbox.access.Credentials;
import io.sparkgate.sandbox.access.Identity;
import io.sparkgate.sandbox.template.JavaFunction;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/** The test function: a jar made of the source in the test resources, and its settings. */
final class Probe {

  static final Path RUNTIME_CLIENT = Path.of("target", "lambda-runtime").toAbsolutePath();

  private static final Duration LONG = Duration.ofSeconds(60);

  private Probe() {}

  static FunctionSettings settings(Path directory) throws IOException {
    return settings(directory, "Probe", LONG, Map.of("GREETING", "hello"));
  }

  static FunctionSettings settings(
      Path directory, String handler, Duration timeout, Map<String, String> environment)
      throws IOException {
    Identity role = new Identity("AKIAFUNCTION", "arn", "id", "", Map.of());
    return new FunctionSettings(
        new JavaFunction("Probe", handler, jar(directory), environment, timeout, 128),
        "stack-Probe",
        "arn:aws:lambda:eu-west-1:111122223333:function:stack-Probe",
        "eu-west-1",
        new Credentials("AKIAFUNCTION", "secret", role),
        URI.create("http://127.0.0.1:4466"),
        RUNTIME_CLIENT,
        directory.resolve("work"));
  }

  /** Compiled here, because Lambda's interfaces are not on the class path of the sandbox. */
  private static Path jar(Path directory) throws IOException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    String core =
        RUNTIME_CLIENT
            .resolve(
                Objects.requireNonNull(
                    RUNTIME_CLIENT.toFile().list((dir, name) -> name.contains("java-core")))[0])
            .toString();
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", core, "-d", classes.toString(), source().toString());
    if (failed != 0) {
      throw new IllegalStateException("the test function does not compile");
    }
    Path jar = directory.resolve("probe.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("Probe.class"));
      Files.copy(classes.resolve("Probe.class"), out);
    }
    return jar;
  }

  private static Path source() {
    try {
      return Path.of(
          Objects.requireNonNull(Probe.class.getResource("/function/Probe.java")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
