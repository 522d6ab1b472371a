package io.sparkgate.benchmark.session;

import io.sparkgate.benchmark.Benchmark;
import io.sparkgate.benchmark.Options;
import io.sparkgate.benchmark.Rounds;
import io.sparkgate.benchmark.Table;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Starts sessions in the sandbox by PySpark and boto3, one after the other, until the first row of
 * SELECT 1: in a sandbox that has the archive of its drivers' classes, and in one that has none.
 */
public final class SessionBenchmark implements Benchmark {

  private static final int ROUNDS = 7;

  @Override
  public String name() {
    return "session";
  }

  @Override
  public String summary() {
    return "a session in the sandbox until its first row; needs Python 3.11 and fetches PySpark";
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    try (Workshop workshop = Workshop.open()) {
      System.err.println("preparing");
      Sandbox with = workshop.sandbox("with the archive", true);
      Sandbox without = workshop.sandbox("without", false);
      List<Sandbox> both = List.of(with, without);
      for (Sandbox sandbox : both) {
        workshop.session(sandbox); // What is read for the first time is read from the disk.
      }
      Map<Sandbox, List<Times>> times =
          Rounds.interleave(both, options.roundsOr(ROUNDS, 1), workshop::session);
      Table table =
          new Table(
              "from StartSession to the first row, seconds",
              "",
              "ready",
              "connected",
              "row",
              "all");
      times.forEach((sandbox, each) -> row(table, sandbox.name(), each));
      table.row(
          with.name() + " / " + without.name(),
          ratio(times.get(with), times.get(without), Times::ready),
          ratio(times.get(with), times.get(without), Times::connected),
          ratio(times.get(with), times.get(without), Times::row),
          ratio(times.get(with), times.get(without), Times::all));
      table.print(out);
    }
  }

  private static void row(Table table, String name, List<Times> times) {
    table.row(
        name,
        "%.2f".formatted(median(times, Times::ready)),
        "%.2f".formatted(median(times, Times::connected)),
        "%.2f".formatted(median(times, Times::row)),
        "%.2f".formatted(median(times, Times::all)));
  }

  private static String ratio(List<Times> ours, List<Times> theirs, ToDoubleFunction<Times> part) {
    return "%.2f".formatted(median(ours, part) / median(theirs, part));
  }

  private static double median(List<Times> times, ToDoubleFunction<Times> part) {
    return Rounds.median(times.stream().map(part::applyAsDouble).toList());
  }
}
