package io.sparkgate.sandbox.lambda;

import io.sparkgate.sandbox.template.JavaFunction;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command and the environment that a function's JVM is started with. */
final class FunctionJvm {

  private static final int WARNS_OF_NATIVE_CODE = 24;

  /** What a program needs of the machine; nothing else of the sandbox's environment gets in. */
  private static final List<String> OF_THE_MACHINE =
      List.of("PATH", "HOME", "TMPDIR", "TEMP", "TMP", "SystemRoot");

  private FunctionJvm() {}

  static ProcessBuilder of(FunctionSettings settings, RuntimeClient client, int runtimeApiPort)
      throws IOException {
    Path task = Files.createDirectories(settings.workDirectory().resolve("task"));
    ProcessBuilder builder = new ProcessBuilder(command(settings, client));
    builder.directory(task.toFile());
    builder.redirectErrorStream(true);
    Map<String, String> environment = builder.environment();
    Map<String, String> own = Map.copyOf(environment);
    environment.clear();
    for (String name : OF_THE_MACHINE) {
      if (own.containsKey(name)) {
        environment.put(name, own.getOrDefault(name, ""));
      }
    }
    environment.putAll(settings.function().environment());
    settings
        .endpoints()
        .forEach((service, at) -> environment.put("AWS_ENDPOINT_URL_" + service, at.toString()));
    environment.putAll(reserved(settings, task, runtimeApiPort));
    return builder;
  }

  private static List<String> command(FunctionSettings settings, RuntimeClient client)
      throws IOException {
    JavaFunction function = settings.function();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As Lambda's own Java runtimes do: C1 only, the serial collector, the rest of the memory
    // for the heap.
    command.add("-Xmx" + function.memoryMb() * 85 / 100 + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    if (Runtime.version().feature() >= WARNS_OF_NATIVE_CODE) {
      // The runtime client's own library; without it the warning would be the function's first
      // line.
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(client.jvmOptions());
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            launcher(settings.workDirectory()).toString(),
            settings.runtimeClient().resolve("*").toString(),
            function.jar().toString()));
    command.add(Launcher.class.getName());
    command.add(client.mainClass());
    command.add(function.handler());
    return command;
  }

  private static Map<String, String> reserved(FunctionSettings settings, Path task, int port) {
    return Map.ofEntries(
        Map.entry("_HANDLER", settings.function().handler()),
        Map.entry("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + port),
        Map.entry("AWS_REGION", settings.region()),
        Map.entry("AWS_DEFAULT_REGION", settings.region()),
        Map.entry("AWS_ACCESS_KEY_ID", settings.credentials().accessKeyId()),
        Map.entry("AWS_SECRET_ACCESS_KEY", settings.credentials().secretAccessKey()),
        Map.entry("AWS_ENDPOINT_URL_EMR_SERVERLESS", settings.emrServerless().toString()),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", settings.name()),
        Map.entry(
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(settings.function().memoryMb())),
        Map.entry("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        Map.entry("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.name()),
        Map.entry("AWS_LAMBDA_LOG_STREAM_NAME", "sandbox"),
        Map.entry("LAMBDA_TASK_ROOT", task.toString()),
        Map.entry("TZ", ":UTC"));
  }

  /**
   * The sandbox's own class path would show the function all of Spark, so two classes are copied.
   */
  private static Path launcher(Path work) throws IOException {
    Path root = work.resolve("launcher");
    for (String file : List.of("Launcher.class", "RuntimeLoop.class", "RuntimeLoop$Call.class")) {
      Path copy = root.resolve(Launcher.class.getPackageName().replace('.', '/')).resolve(file);
      Files.createDirectories(copy.getParent());
      try (InputStream content = Launcher.class.getResourceAsStream(file)) {
        if (content == null) {
          throw new IOException(file + " is not on the sandbox's class path; build it again");
        }
        Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return root;
  }
}
