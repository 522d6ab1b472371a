package io.sparkgate.benchmark.start;

import io.sparkgate.benchmark.service.Certificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The function in Python, with the boto3 of this machine; Lambda's runtime has one too. */
final class Boto3Variant {

  /** Prints the interpreter itself: python3 may be a script that chooses one. */
  private static final String PROBE =
      """
      import boto3, sys
      boto3.client("emr-serverless", region_name="us-east-1").list_sessions
      print(sys.executable)
      """;

  private Boto3Variant() {}

  /** Empty where python3 has no boto3 that knows sessions. */
  static Optional<Variant> find(Built built, Certificates certificates, Path directory)
      throws IOException {
    Optional<String> python = python();
    if (python.isEmpty()) {
      return Optional.empty();
    }
    // A copy, since Python writes what it compiled beside its sources.
    Path task = Files.createDirectories(directory.resolve("boto3"));
    for (String file : List.of("handler.py", "runtime.py")) {
      Files.copy(built.boto3().resolve(file), task.resolve(file));
    }
    return Optional.of(
        new Variant(
            Variant.BOTO3,
            task,
            List.of(python.get(), "runtime.py"),
            Map.of(
                "_HANDLER",
                "handler.handle",
                "REAPER",
                "{\"idleMinutes\": 30}",
                "AWS_CA_BUNDLE",
                certificates.bundle().toString())));
  }

  private static Optional<String> python() {
    try {
      Process probe =
          new ProcessBuilder("python3", "-c", PROBE)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return probe.onExit().join().exitValue() == 0 ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
