package io.sparkgate.benchmark.sweep;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.benchmark.service.Count;
import io.sparkgate.benchmark.service.EmrServerlessFake;
import io.sparkgate.benchmark.sweep.ClientProcess.Done;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One sweep by a process of its own, and a service of its own that it sweeps. */
final class Trial {

  /** A list and a look, before the clock starts. */
  private static final int PRIMING_CALLS = 2;

  private static final int STARTS = 10;

  private final Strategy strategy;
  private final Setting setting;

  Trial(Strategy strategy, Setting setting) {
    this.strategy = strategy;
    this.setting = setting;
  }

  /** A start that ran out of its time on a busy machine is not measured, and made again. */
  Measurement run() throws IOException {
    for (int start = 1; start < STARTS; start++) {
      Optional<Measurement> measured = measure();
      if (measured.isPresent()) {
        return measured.get();
      }
    }
    return measure()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "%s did not prime itself in %d starts; the machine is too busy to measure on"
                        .formatted(strategy.title(), STARTS)));
  }

  private Optional<Measurement> measure() throws IOException {
    boolean mostlyYoung = strategy == Strategy.SPARKGATE_YOUNG;
    try (EmrServerlessFake service = setting.start(mostlyYoung);
        ClientProcess process = new ClientProcess(strategy, setting, service.uri())) {
      process.ready();
      Count primed = service.count();
      if (primed.calls() < PRIMING_CALLS) {
        return Optional.empty();
      }
      check(primed.calls() == PRIMING_CALLS, "primed itself with %s".formatted(primed));
      Done done = process.sweep();
      Count count = service.count();
      Set<String> terminated = service.terminated();
      checkTerminated(service.due(), terminated);
      if (strategy.kind() == Strategy.Kind.FUNCTION) {
        checkRecord(done, terminated.size());
      }
      Measurement measurement =
          new Measurement(
              count.calls() - primed.calls(),
              count.rejected() - primed.rejected(),
              done.failedLists(),
              done.failedSessions(),
              service.due().size() - terminated.size(),
              done.seconds(),
              done.cpuSeconds());
      System.err.printf(
          "%s, %s: %.1f s%n", setting.size(), strategy.title(), measurement.seconds());
      return Optional.of(measurement);
    }
  }

  /** To leave a session is a finding; to terminate a wrong one is not to be measured. */
  private void checkTerminated(Set<String> due, Set<String> terminated) {
    Set<String> wrong = new TreeSet<>(terminated);
    wrong.removeAll(due);
    check(wrong.isEmpty(), "terminated %s, which were not due".formatted(wrong));
  }

  private void checkRecord(Done done, int terminated) throws IOException {
    var figures = JSON.std.mapFrom(done.record());
    check(
        figures.get("Terminated").equals(terminated),
        "recorded %s, but terminated %d".formatted(done.record(), terminated));
  }

  private void check(boolean good, String otherwise) {
    if (!good) {
      throw new IllegalStateException(strategy.title() + " " + otherwise);
    }
  }
}
