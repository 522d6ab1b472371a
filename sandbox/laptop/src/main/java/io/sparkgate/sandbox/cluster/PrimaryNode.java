package io.sparkgate.sandbox.cluster;

import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.spark.PrivateFiles;
import io.sparkgate.sandbox.template.ClusterBlueprint.InstallStep;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A folder that is the primary node's machine to the script of the step: its files, Spark, and
 * stand-ins for the commands that it calls.
 */
final class PrimaryNode {
  private static final List<String> STUBS =
      List.of("sudo", "systemctl", "systemd-unit", "journalctl");
  private static final String UNIT = "spark-connect";

  /** What the script's unit says; an instant on the fast clock. */
  static final Duration RESTART = Duration.ofSeconds(10);

  private final Path root;
  private final SparkHome spark;
  private final Duration restart;

  private PrimaryNode(Path root, SparkHome spark, Duration restart) {
    this.root = root;
    this.spark = spark;
    this.restart = restart;
  }

  /** Makes the folder. */
  static PrimaryNode make(
      ClusterSettings settings, LocalSettings local, String python, long heapMebibytes, Path events)
      throws IOException {
    Path root = settings.directory();
    write(root.resolve("mnt/var/lib/info/instance.json"), "{\"isMaster\": true}\n");
    Files.createDirectories(root.resolve("etc/spark/conf"));
    Files.createDirectories(root.resolve("tmp"));
    var defaults = new StringBuilder();
    new TreeMap<>(settings.conf().get())
        .forEach((name, value) -> defaults.append(name).append(' ').append(value).append('\n'));
    PrivateFiles.write(root.resolve("etc/spark/conf/spark-defaults.conf"), defaults);
    for (String stub : STUBS) {
      Path file = root.resolve("stubs").resolve(stub);
      Files.createDirectories(file.getParent());
      try (InputStream text = PrimaryNode.class.getResourceAsStream("/stubs/" + stub)) {
        Files.copy(text, file);
      }
      executable(file);
    }
    aws(root, settings);
    SparkHome spark =
        SparkHome.make(
            root.resolve("usr/lib/spark"),
            settings.javaHome(),
            heapMebibytes,
            python,
            local.values(),
            events);
    return new PrimaryNode(root, spark, settings.clock().real(RESTART));
  }

  /** The files that AWS's command finds there, and what the node's role may not read. */
  private static void aws(Path root, ClusterSettings settings) throws IOException {
    Path folder = root.resolve("aws");
    Function<Action, Optional<String>> denial = settings.denial();
    for (Map.Entry<String, Path> file : settings.cluster().install().files().entrySet()) {
      String object = file.getKey().substring("s3://".length());
      Path copy = folder.resolve("s3").resolve(object);
      Files.createDirectories(copy.getParent());
      Files.createSymbolicLink(copy, file.getValue());
      judge(copy, denial.apply(Action.on("s3:GetObject", "arn:aws:s3:::" + object, Map.of())));
    }
    for (Map.Entry<String, String> secret : settings.secrets().entrySet()) {
      Path value = folder.resolve("secrets").resolve(secret.getKey());
      Files.createDirectories(value.getParent());
      PrivateFiles.write(value, secret.getValue() + "\n");
      judge(
          value,
          denial.apply(Action.on("secretsmanager:GetSecretValue", secret.getKey(), Map.of())));
    }
    ShellScript.of("aws.sh").with("folder", folder.toString()).write(root.resolve("bin/aws"));
  }

  private static void judge(Path file, Optional<String> denial) throws IOException {
    if (denial.isPresent()) {
      write(file.resolveSibling(file.getFileName() + ".denied"), denial.get() + "\n");
    }
  }

  /**
   * Runs the step's own command.
   *
   * @param port where the server listens, whatever the step says
   * @return its exit code
   */
  int run(InstallStep step, int port, Path log) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(step.command());
    command.set(command.lastIndexOf("--port") + 1, Integer.toString(port));
    Process process = inside(command, log).start();
    try {
      return process.waitFor();
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  /** Stops the server as an administrator would. */
  void stop(Path log) throws IOException, InterruptedException {
    inside(List.of(root.resolve("stubs/systemctl").toString(), "stop", UNIT), log)
        .start()
        .waitFor();
  }

  /** What the server printed. */
  Path journal() {
    return root.resolve("var/log/journal/" + UNIT + ".log");
  }

  private ProcessBuilder inside(List<String> command, Path log) {
    var builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("SPARK_") || name.startsWith("AWS_"));
    environment.put(
        "PATH",
        String.join(
            File.pathSeparator,
            root.resolve("bin").toString(),
            root.resolve("stubs").toString(),
            environment.getOrDefault("PATH", "/usr/bin:/bin")));
    environment.put("SPARK_CONNECT_ROOT", root.toString());
    environment.put("SPARK_HOME", spark.directory().toString());
    environment.put("STUB_RESTART_SEC", Double.toString(restart.toMillis() / 1000.0));
    environment.put("TMPDIR", root.resolve("tmp").toString());
    return builder;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void executable(Path file) throws IOException {
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }
}
