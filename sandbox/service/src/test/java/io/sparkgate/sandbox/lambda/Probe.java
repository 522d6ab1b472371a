package io.sparkgate.sandbox.lambda;

import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.template.JavaFunction;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The settings of the test function Probe. */
final class Probe {

  static final Path RUNTIME_CLIENT = TestJar.RUNTIME_CLIENT;

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
        new JavaFunction(
            "Probe", handler, TestJar.of("Probe", directory), environment, timeout, 128),
        "stack-Probe",
        "arn:aws:lambda:eu-west-1:111122223333:function:stack-Probe",
        "eu-west-1",
        new Credentials("AKIAFUNCTION", "secret", role),
        URI.create("http://127.0.0.1:4466"),
        Map.of("EVENTBRIDGE", URI.create("http://127.0.0.1:4467")),
        RUNTIME_CLIENT,
        directory.resolve("work"));
  }
}
