package io.sparkgate.function.reaper.sweep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.function.Json;
import io.sparkgate.function.aws.ServiceClient;
import io.sparkgate.function.reaper.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * The function: one sweep for each invocation, whatever the event is. Answers with the figures of
 * the sweep.
 *
 * <p>Its configuration is read when it is made, so that a wrong one fails the function at once.
 */
public final class ReaperHandler implements RequestStreamHandler {

  /** Kept back from the function's time, for the records to be written. */
  static final Duration MARGIN = Duration.ofSeconds(2);

  private static final String SNAP_START = "snap-start";

  private final ReaperConfig config;
  private final String name;
  private final Supplier<EmrServerlessSessions> services;
  private final PrintStream log;
  private final Clock clock;
  private final int connections;
  private final Pace pace;
  private final Agenda agenda = new Agenda();
  private @Nullable EmrServerlessSessions service;

  /** The way in for Lambda. */
  public ReaperHandler() {
    this(System.getenv(), System.out);
  }

  /**
   * Made and primed as in Lambda. Under SnapStart it is primed with a client that is thrown away,
   * because a snapshot must hold neither connections nor credentials; the first invocation after
   * the restore makes its own.
   */
  ReaperHandler(Map<String, String> environment, PrintStream log) {
    this(
        ReaperConfig.parse(environment.get(ReaperConfig.VARIABLE)),
        environment.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "unnamed"),
        () -> new EmrServerlessSessions(ServiceClient.fromEnvironment(environment)),
        log,
        Clock.systemUTC(),
        Sweep.CONNECTIONS);
    if (SNAP_START.equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
      try (EmrServerlessClient client = ServiceClient.withoutKeepAlive(environment)) {
        Priming.run(config, new EmrServerlessSessions(client), pace, log, clock);
      }
    } else {
      Priming.run(config, service(), pace, log, clock);
    }
  }

  ReaperHandler(
      ReaperConfig config,
      String name,
      Supplier<EmrServerlessSessions> services,
      PrintStream log,
      Clock clock,
      int connections) {
    this.config = config;
    this.name = name;
    this.services = services;
    this.log = log;
    this.clock = clock;
    this.connections = connections;
    this.pace = new Pace(config.rates(), Clock.systemUTC());
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Instant start = clock.instant();
    Budget budget = () -> Duration.ofMillis(context.getRemainingTimeInMillis()).minus(MARGIN);
    Report report = new Report(log, clock);
    try {
      new Sweep(config, service(), agenda, pace, connections, budget, clock, report).run();
    } finally {
      Instant end = clock.instant();
      Map<String, Object> metrics =
          SweepRecord.metrics(report.tally(), Session.between(start, end));
      report.print(SweepRecord.of(name, config, report.tally(), metrics, end));
      answer.write(Json.write(metrics).getBytes(StandardCharsets.UTF_8));
    }
    Optional<String> failure = report.tally().failure();
    if (failure.isPresent()) {
      throw new SweepFailed(failure.get());
    }
  }

  private EmrServerlessSessions service() {
    if (service == null) {
      service = services.get();
    }
    return service;
  }
}
