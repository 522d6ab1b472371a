package io.sparkgate.benchmark.start;

import io.sparkgate.benchmark.Benchmark;
import io.sparkgate.benchmark.Options;
import io.sparkgate.benchmark.Rounds;
import io.sparkgate.benchmark.service.Certificates;
import io.sparkgate.benchmark.service.EmrServerlessFake;
import io.sparkgate.benchmark.service.Fleet;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Starts the function in processes of its own, beside a naive one in Java and one in Python, and
 * lets each do the same sweeps over TLS. Needs Linux, whose figures of a process it reads.
 */
public final class StartBenchmark implements Benchmark {

  private static final Fleet FLEET = Fleet.of(1, 25, 5);
  private static final int ROUNDS = 9;
  private static final Duration LATENCY = Duration.ofMillis(20);

  /** Between two sweeps of a schedule no connection lives; five seconds are the JDK's limit. */
  private static final Duration PAUSE = Duration.ofSeconds(6);

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String summary() {
    return "start and sweep of the function, beside naive Java and Python";
  }

  @Override
  public void run(Options options, PrintStream out) throws Exception {
    try (Workplace workplace = new Workplace()) {
      Certificates certificates = Certificates.create(workplace.directory());
      List<Variant> variants = variants(certificates, workplace.directory(), out);
      try (EmrServerlessFake service = EmrServerlessFake.start(FLEET, certificates)) {
        if (options.brief()) {
          Run run = new Run(service, 2, Duration.ZERO);
          compare(variants, options, run, Duration.ZERO, out);
          compare(variants, options, run, LATENCY, out);
        } else {
          System.err.println("warming up");
          Rounds.interleave(variants, 1, new Run(service, 20, Duration.ZERO)::measure);
          compare(variants, options, new Run(service, 60, Duration.ZERO), Duration.ZERO, out);
          compare(variants, options, new Run(service, 5, PAUSE), LATENCY, out);
        }
      }
    }
    out.printf("Every sweep terminated exactly the %d sessions that were due.%n", FLEET.due());
  }

  private static List<Variant> variants(Certificates certificates, Path directory, PrintStream out)
      throws IOException {
    Built built = new Built();
    JavaVariants java = new JavaVariants(built, certificates, directory);
    List<Variant> variants = new ArrayList<>(List.of(java.ours(), java.naive()));
    Optional<Variant> boto3 = Boto3Variant.find(built, certificates, directory);
    boto3.ifPresentOrElse(
        variants::add,
        () ->
            out.printf(
                "%s is left out: python3 has no boto3 that knows sessions; 1.43 does.%n%n",
                Variant.BOTO3));
    return variants;
  }

  private static void compare(
      List<Variant> variants, Options options, Run run, Duration latency, PrintStream out)
      throws Exception {
    run.service().latency(latency);
    var results = Rounds.interleave(variants, options.roundsOr(ROUNDS, 1), run::measure);
    String title =
        "%d application with %d sessions, %d of them due; %d ms for each call"
            .formatted(FLEET.applications(), FLEET.sessions(), FLEET.due(), latency.toMillis());
    Comparison.table(title, results).print(out);
  }
}
