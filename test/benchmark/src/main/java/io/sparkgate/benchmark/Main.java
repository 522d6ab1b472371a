package io.sparkgate.benchmark;

import io.sparkgate.benchmark.calls.CallsBenchmark;
import io.sparkgate.benchmark.cost.CostBenchmark;
import io.sparkgate.benchmark.session.SessionBenchmark;
import io.sparkgate.benchmark.start.StartBenchmark;
import io.sparkgate.benchmark.sweep.SweepBenchmark;
import io.sparkgate.benchmark.synthesis.SynthesisBenchmark;
import java.util.List;

/** Runs one benchmark: its name comes first, then {@link Options}. */
public final class Main {

  private static final List<Benchmark> BENCHMARKS =
      List.of(
          new StartBenchmark(),
          new SweepBenchmark(),
          new CallsBenchmark(),
          new SynthesisBenchmark(),
          new SessionBenchmark(),
          new CostBenchmark());

  private Main() {}

  /** Exits with 0 when the benchmark ran, 2 when it was called wrongly. */
  public static void main(String... args) throws Exception {
    List<String> arguments = List.of(args);
    if (arguments.isEmpty() || arguments.contains("--help")) {
      System.out.print(usage());
      return;
    }
    Benchmark benchmark;
    Options options;
    try {
      benchmark = find(arguments.get(0));
      options = Options.parse(arguments.subList(1, arguments.size()));
    } catch (IllegalArgumentException e) {
      System.err.println("benchmark: " + e.getMessage());
      System.exit(2);
      return;
    }
    System.out.println(Machine.describe());
    System.out.println();
    benchmark.run(options, System.out);
  }

  private static Benchmark find(String name) {
    return BENCHMARKS.stream()
        .filter(benchmark -> benchmark.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is no benchmark; allowed: %s".formatted(name, names())));
  }

  private static List<String> names() {
    return BENCHMARKS.stream().map(Benchmark::name).toList();
  }

  private static String usage() {
    StringBuilder usage = new StringBuilder("./test/benchmark/run BENCHMARK [options]\n\n");
    for (Benchmark benchmark : BENCHMARKS) {
      usage.append("  %-12s  %s%n".formatted(benchmark.name(), benchmark.summary()));
    }
    return usage.append("\n").append(Options.HELP).toString();
  }
}
