package io.sparkgate.benchmark.start;

import io.sparkgate.benchmark.Rounds;
import io.sparkgate.benchmark.service.EmrServerlessFake;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The life of a process that is measured.
 *
 * @param sweeps how many after the first
 * @param pause before one more; zero for none
 */
record Run(EmrServerlessFake service, int sweeps, Duration pause) {

  /**
   * Starts a function, measures it and ends it.
   *
   * @throws IllegalStateException if a sweep did not terminate exactly what was due
   */
  Map<Figure, Double> measure(Variant variant) throws IOException, InterruptedException {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    service.reset();
    try (FunctionProcess process = new FunctionProcess(variant, service.uri())) {
      double init = milliseconds(process.ready());
      double invocation = milliseconds(process.invoke());
      figures.put(Figure.FIRST_CPU, process.cpu().toMillis() / 1e3);
      figures.put(Figure.INIT, init);
      figures.put(Figure.INVOCATION, invocation);
      figures.put(Figure.FIRST, init + invocation);
      check(variant);

      List<Double> times = new ArrayList<>();
      Duration cpu = process.cpu();
      for (int i = 0; i < sweeps; i++) {
        times.add(sweep(variant, process, service::renew));
      }
      figures.put(Figure.SWEEP, Rounds.median(times));
      figures.put(Figure.SWEEP_CPU, milliseconds(process.cpu().minus(cpu)) / sweeps);
      figures.put(Figure.CALLS, (double) service.count().calls());

      times.clear();
      cpu = process.cpu();
      for (int i = 0; i < sweeps; i++) {
        times.add(sweep(variant, process, service::reset));
      }
      figures.put(Figure.KNOWN, Rounds.median(times));
      figures.put(Figure.KNOWN_CPU, milliseconds(process.cpu().minus(cpu)) / sweeps);
      figures.put(Figure.KNOWN_CALLS, (double) service.count().calls());

      if (!pause.isZero()) {
        service.disconnect();
        Thread.sleep(pause.toMillis());
        figures.put(Figure.AFTER_PAUSE, sweep(variant, process, service::renew));
      }
      figures.put(Figure.MEMORY, process.peakMemory());
    }
    return figures;
  }

  private double sweep(Variant variant, FunctionProcess process, Runnable preparation)
      throws IOException, InterruptedException {
    process.ready();
    preparation.run();
    double time = milliseconds(process.invoke());
    check(variant);
    return time;
  }

  /** A fast answer is worth nothing if it is wrong. */
  private void check(Variant variant) {
    Set<String> due = service.due();
    Set<String> terminated = service.terminated();
    if (!terminated.equals(due)) {
      Set<String> missed = new TreeSet<>(due);
      missed.removeAll(terminated);
      Set<String> wrong = new TreeSet<>(terminated);
      wrong.removeAll(due);
      throw new IllegalStateException(
          "%s swept wrongly: it left %s and terminated %s, which was not due"
              .formatted(variant.name(), missed, wrong));
    }
  }

  private static double milliseconds(Duration time) {
    return time.toNanos() / 1e6;
  }
}
