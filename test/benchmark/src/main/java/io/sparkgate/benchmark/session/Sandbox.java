package io.sparkgate.benchmark.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A sandbox that runs, on the machine's clock. */
record Sandbox(String name, Process process, Path work) implements AutoCloseable {

  private static final Pattern EXPORT = Pattern.compile("export (\\w+)='(.*)'");

  /** Starts it, and returns when it says how it is stopped. */
  static Sandbox start(String name, Path jar, Path assembly, Path work) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    jar.toString(),
                    "--template",
                    assembly.toString(),
                    "--env",
                    "dev",
                    "--port",
                    "0",
                    "--work",
                    work.toString()))
            .redirectErrorStream(true)
            .start();
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String said =
        output
            .lines()
            .takeWhile(line -> !line.startsWith("Ctrl-C"))
            .collect(Collectors.joining("\n"));
    if (!process.isAlive()) {
      throw new IllegalStateException("the sandbox did not start:\n" + said);
    }
    Thread rest = new Thread(() -> drain(output), "sandbox-output");
    rest.setDaemon(true);
    rest.start();
    return new Sandbox(name, process, work);
  }

  private static void drain(BufferedReader output) {
    try {
      output.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // It was stopped.
    }
  }

  /** What a developer's file exports. */
  Map<String, String> environment() throws IOException {
    return EXPORT
        .matcher(Files.readString(work.resolve("developer-a.env")))
        .results()
        .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
