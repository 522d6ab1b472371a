package io.sparkgate.function.reaper.sweep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.function.Invocation;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.JobRuns;
import io.sparkgate.function.aws.ServiceClient;
import io.sparkgate.function.aws.Sessions;
import io.sparkgate.function.reaper.Listed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * For one call with the client's retries: one that gets no answer would take six times the
   * client's read timeout.
   */
  static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  private static final String SNAP_START = "snap-start";

  private final ReaperConfig config;
  private final String name;
  private final Supplier<EmrServerlessClient> clients;
  private final Supplier<Duration> callLimit;
  private final PrintStream log;
  private final Clock clock;
  private final int connections;
  private final @Nullable PolicyEvents events;
  private final Pace pace;
  private final Agenda agenda = new Agenda();
  private final Agenda agendaOfJobRuns = new Agenda();
  private @Nullable EmrServerlessClient client;

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
        () -> ServiceClient.fromEnvironment(environment),
        () -> CALL_LIMIT,
        log,
        Clock.systemUTC(),
        ServiceClient.CONNECTIONS,
        environment);
    if (SNAP_START.equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"))) {
      try (EmrServerlessClient once = ServiceClient.withoutKeepAlive(environment)) {
        Priming.run(config, once, pace, log, clock);
      }
    } else {
      Priming.run(config, client(), pace, log, clock);
    }
  }

  ReaperHandler(
      ReaperConfig config,
      String name,
      Supplier<EmrServerlessClient> clients,
      Supplier<Duration> callLimit,
      PrintStream log,
      Clock clock,
      int connections,
      Map<String, String> environment) {
    this.config = config;
    this.name = name;
    this.clients = clients;
    this.callLimit = callLimit;
    this.log = log;
    this.clock = clock;
    this.connections = connections;
    this.events =
        config.eventBus() == null ? null : new PolicyEvents(environment, config.eventBus());
    this.pace = new Pace(config.allRates(), Clock.systemUTC());
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Invocation invocation = new Invocation(event, answer, context);
    Instant start = clock.instant();
    Calls calls = new Calls(invocation::remaining, callLimit);
    Report report = new Report(log, clock, events);
    try {
      PacedTasks tasks = new PacedTasks(connections, invocation::remaining);
      SweepContext sweep = new SweepContext(pace, tasks, clock, report);
      List<Round<?, ?>> rounds = new ArrayList<>();
      rounds.add(config.round(sweep, new Sessions(client(), calls), agenda));
      JobRunConfig jobRuns = config.jobRuns();
      if (jobRuns != null) {
        rounds.add(jobRuns.round(sweep, new JobRuns(client(), calls), agendaOfJobRuns));
      }
      new Sweep(sweep, rounds).run(config.applications());
    } finally {
      if (events != null) {
        events.put(calls, log);
      }
      Instant end = clock.instant();
      Map<String, Object> metrics =
          SweepRecord.metrics(config, report.tally(), Listed.between(start, end));
      report.print(SweepRecord.of(name, config, report.tally(), metrics, end));
      invocation.answer(metrics);
    }
    Optional<String> failure = report.tally().failure();
    if (failure.isPresent()) {
      throw new SweepFailed(failure.get());
    }
  }

  private EmrServerlessClient client() {
    if (client == null) {
      client = clients.get();
    }
    return client;
  }
}
