package io.sparkgate.benchmark.synthesis;

import io.sparkgate.benchmark.Benchmark;
import io.sparkgate.benchmark.Options;
import io.sparkgate.benchmark.Rounds;
import io.sparkgate.benchmark.Table;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Synthesizes the app of cdk.json, already built, beside an app with one empty stack: with the
 * CDK's own rules for templates switched off, as {@code ./cdkw synth} has it, and on.
 */
public final class SynthesisBenchmark implements Benchmark {

  private static final int ROUNDS = 7;

  @Override
  public String name() {
    return "synthesis";
  }

  @Override
  public String summary() {
    return "./cdkw synth of both environments, beside an empty app";
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    System.err.println("warming up");
    Synthesis plain = new Synthesis(false);
    long ours = plain.calls(Variant.OURS);
    long empty = plain.calls(Variant.EMPTY);
    Map<Variant, Long> calls =
        Map.of(Variant.OURS, ours, Variant.EMPTY, empty, Variant.EMPTY_BY_MAVEN, empty);
    compare("./cdkw synth", plain, calls, options, out);
    if (!options.brief()) {
      compare("CDK_VALIDATION=true ./cdkw synth", new Synthesis(true), calls, options, out);
    }
  }

  private static void compare(
      String title, Synthesis synthesis, Map<Variant, Long> calls, Options options, PrintStream out)
      throws Exception {
    Map<Variant, List<Cost>> costs =
        Rounds.interleave(Variant.ALL, options.roundsOr(ROUNDS, 1), synthesis::measure);
    Table table = new Table(title, "", "wall s", "CPU s", "jsii calls");
    costs.forEach(
        (variant, each) ->
            table.row(
                variant.name(),
                "%.2f".formatted(median(each, Cost::wall)),
                "%.2f".formatted(median(each, Cost::cpu)),
                calls.get(variant)));
    List<Cost> ours = costs.get(Variant.OURS);
    for (Variant other : List.of(Variant.EMPTY, Variant.EMPTY_BY_MAVEN)) {
      table.row(
          Variant.OURS.name() + " / " + other.name(),
          ratio(ours, costs.get(other), Cost::wall),
          ratio(ours, costs.get(other), Cost::cpu),
          "");
    }
    table.print(out);
  }

  private static String ratio(List<Cost> ours, List<Cost> theirs, ToDoubleFunction<Cost> part) {
    return "%.2f".formatted(median(ours, part) / median(theirs, part));
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> part) {
    return Rounds.median(costs.stream().map(part::applyAsDouble).toList());
  }
}
