package io.sparkgate.benchmark.calls;

import io.sparkgate.benchmark.Benchmark;
import io.sparkgate.benchmark.Options;
import io.sparkgate.benchmark.Table;
import io.sparkgate.function.reaper.sweep.FleetSimulation;
import io.sparkgate.function.reaper.sweep.FleetSimulation.Fleet;
import io.sparkgate.function.reaper.sweep.FleetSimulation.Result;
import java.io.PrintStream;
import java.util.List;

/** Counts the calls of a simulated day of sweeps that terminate the same sessions. */
public final class CallsBenchmark implements Benchmark {

  private static final long SEED = 20261121;
  private static final int FEW = 2;

  @Override
  public String name() {
    return "calls";
  }

  @Override
  public String summary() {
    return "calls in a day of sweeps, beside one that reads every session (simulated)";
  }

  @Override
  public void run(Options options, PrintStream out) {
    Table table =
        new Table(
            "calls in 24 h, a sweep every 5 minutes; the terminations are the same in every sweep",
            "fleet",
            "applications",
            "limit min",
            "terminations",
            "reading all",
            "without memory",
            "Sparkgate",
            "times fewer");
    for (Fleet fleet :
        List.of(
            FleetSimulation.SPARSE,
            FleetSimulation.BUSY,
            FleetSimulation.VERY_SPARSE,
            FleetSimulation.DENSE)) {
      System.err.println(fleet.name());
      Fleet simulated = options.brief() ? fleet.of(FEW) : fleet;
      Result result = FleetSimulation.run(simulated, SEED);
      table.row(
          fleet.name(),
          simulated.applications(),
          fleet.limit().toMinutes(),
          result.terminations(),
          "%,d".formatted(result.callsNaive()),
          "%,d".formatted(result.callsWithoutMemory()),
          "%,d".formatted(result.calls()),
          "%.1f".formatted((double) result.callsNaive() / result.calls()));
    }
    table.print(out);
  }
}
