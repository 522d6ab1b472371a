package io.sparkgate.benchmark.synthesis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Runs {@code ./cdkw synth}, each time into an output directory of its own.
 *
 * @param rules whether the CDK's own rules judge the templates
 */
record Synthesis(boolean rules) {

  /** The shell counts what the processes took that it, or one of them, waited for. */
  private static final String TIMED = "\"$@\" >\"$LOG\" 2>&1; status=$?; times; exit $status";

  private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

  /** Synthesizes once. */
  Cost measure(Variant variant) throws IOException, InterruptedException {
    return run(variant, Map.of()).cost();
  }

  /** How often the JVM calls the CDK in jsii's process; also makes what is made on first use. */
  long calls(Variant variant) throws IOException, InterruptedException {
    return run(variant, Map.of("JSII_DEBUG", "1"))
        .log()
        .lines()
        .filter(line -> line.startsWith("> {") && line.contains("\"api\":"))
        .count();
  }

  private Run run(Variant variant, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("synthesis");
    try {
      Path log = directory.resolve("log");
      Path out = directory.resolve("cdk.out");
      ProcessBuilder command = new ProcessBuilder(command(variant, out)).directory(home().toFile());
      command
          .environment()
          .putAll(
              Map.of(
                  "LOG", log.toString(),
                  "LC_ALL", "C",
                  "CDK_VALIDATION", String.valueOf(rules)));
      command.environment().putAll(environment);
      long start = System.nanoTime();
      Process process = command.start();
      String times = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      double wall = (System.nanoTime() - start) / 1e9;
      String output = Files.readString(log);
      for (String stack : variant.stacks()) {
        if (status != 0 || !Files.exists(out.resolve(stack + ".template.json"))) {
          throw new IllegalStateException(
              "%s did not synthesize %s:%n%s".formatted(variant.name(), stack, output));
        }
      }
      return new Run(new Cost(wall, cpu(times)), output);
    } finally {
      delete(directory);
    }
  }

  private static List<String> command(Variant variant, Path out) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", TIMED, "sh"));
    command.addAll(List.of("./cdkw", "synth", "-q", "-o", out.toString()));
    if (!variant.command().isEmpty()) {
      command.addAll(List.of("--app", variant.command()));
    }
    return command;
  }

  /** User and system time of the shell, then of its children. */
  private static double cpu(String times) {
    List<MatchResult> all = TIME.matcher(times).results().toList();
    return all.subList(2, 4).stream()
        .mapToDouble(
            time -> 60 * Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2)))
        .sum();
  }

  /** The repository, of which the working directory is a part. */
  private static Path home() {
    Path directory = Path.of("").toAbsolutePath();
    while (directory != null && !Files.exists(directory.resolve("cdkw"))) {
      directory = directory.getParent();
    }
    if (directory == null) {
      throw new IllegalStateException("there is no cdkw here; run the benchmark in its repository");
    }
    return directory;
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private record Run(Cost cost, String log) {}
}
