package io.sparkgate.benchmark.sweep;

import io.sparkgate.benchmark.Benchmark;
import io.sparkgate.benchmark.Options;
import io.sparkgate.benchmark.Rounds;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Lets the function and what one would use instead sweep the same fleets, each in a process of its
 * own and with a service of its own.
 */
public final class SweepBenchmark implements Benchmark {

  @Override
  public String name() {
    return "sweep";
  }

  @Override
  public String summary() {
    return "one sweep of fleets large and small, beside plain loops of the SDK and boto3";
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    Plan plan = Plan.of(options);
    List<Strategy> strategies = strategies(out);
    out.printf(
        "Each call takes %d ms. The two calls by which each strategy primes itself are not counted.%n%n",
        Setting.LATENCY.toMillis());
    Map<Strategy, Measurement> reference = Map.of();
    for (Setting setting : plan.settings()) {
      List<Strategy> measured =
          strategies.stream().filter(strategy -> plan.isMeasured(strategy, setting)).toList();
      Map<Strategy, Measurement> measurements =
          measure(setting, measured, plan.rounds(setting, options));
      reference = setting.equals(plan.reference()) ? measurements : reference;
      print(plan, setting, strategies, measurements, reference, out);
    }
  }

  private static List<Strategy> strategies(PrintStream out) {
    boolean boto3 = Programs.hasBoto3();
    if (!boto3) {
      out.printf("boto3 is left out: python3 has none that knows sessions; 1.43 does.%n%n");
    }
    return Stream.of(Strategy.values())
        .filter(strategy -> boto3 || strategy.kind() != Strategy.Kind.BOTO3)
        .toList();
  }

  private static Map<Strategy, Measurement> measure(
      Setting setting, List<Strategy> strategies, int rounds) throws Exception {
    Map<Strategy, List<Measurement>> results =
        LowerBound.of(setting).byLimits()
            ? sideBySide(setting, strategies, rounds)
            : Rounds.interleave(strategies, rounds, strategy -> new Trial(strategy, setting).run());
    Map<Strategy, Measurement> medians = new LinkedHashMap<>();
    results.forEach((strategy, all) -> medians.put(strategy, Measurement.median(all)));
    return medians;
  }

  /** All at once: each has a service of its own, and does little but wait for its limits. */
  private static Map<Strategy, List<Measurement>> sideBySide(
      Setting setting, List<Strategy> strategies, int rounds) throws Exception {
    Map<Strategy, List<Measurement>> results = new LinkedHashMap<>();
    ExecutorService threads = Executors.newFixedThreadPool(strategies.size());
    try {
      for (int round = 0; round < rounds; round++) {
        Map<Strategy, Future<Measurement>> running = new LinkedHashMap<>();
        for (Strategy strategy : strategies) {
          running.put(strategy, threads.submit(() -> new Trial(strategy, setting).run()));
        }
        for (Strategy strategy : strategies) {
          results
              .computeIfAbsent(strategy, any -> new ArrayList<>())
              .add(running.get(strategy).get());
        }
      }
    } finally {
      threads.shutdownNow();
    }
    return results;
  }

  private static void print(
      Plan plan,
      Setting setting,
      List<Strategy> strategies,
      Map<Strategy, Measurement> measurements,
      Map<Strategy, Measurement> reference,
      PrintStream out) {
    Results results = new Results(setting);
    for (Strategy strategy : strategies) {
      if (measurements.containsKey(strategy)) {
        results.measured(strategy, measurements.get(strategy));
      } else if (strategy.sequential()) {
        results.estimated(strategy, plan.reference(), reference.get(strategy));
      } else {
        results.leftOut(strategy, "takes about five minutes: --all");
      }
    }
    results.table().print(out);
    out.printf("%s%n%n", results.explanation());
  }
}
