package io.sparkgate.benchmark.cost;

import io.sparkgate.benchmark.Benchmark;
import io.sparkgate.benchmark.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What idle sessions cost in dollars, with and without the reaper, and what it costs people. A
 * simulation: the same seed gives the same figures on every machine. In its full form it draws
 * docs/idle-cost.svg, below the working directory, from them.
 */
public final class CostBenchmark implements Benchmark {

  static final Path PICTURE = Path.of("docs", "idle-cost.svg");

  private static final int PEOPLE = 25;
  private static final int MONTHS = 12;

  @Override
  public String name() {
    return "cost";
  }

  @Override
  public String summary() {
    return "dollars a month for idle sessions, simulated; draws docs/idle-cost.svg";
  }

  /** A round is a simulated month; 12 unless asked otherwise. */
  @Override
  public void run(Options options, PrintStream out) throws IOException {
    Study study = Study.of(PEOPLE, options.roundsOr(MONTHS, 1));
    new Tables(study).print(out);
    new OfferTables(study).print(out);
    Assumptions.table(study).print(out);
    if (study.months().size() == MONTHS && !options.brief()) {
      Files.writeString(PICTURE, Picture.draw(study));
      System.err.println("drew " + PICTURE);
    }
  }

  /** What the figures and the picture of the full form come from. */
  static Study full() {
    return Study.of(PEOPLE, MONTHS);
  }
}
