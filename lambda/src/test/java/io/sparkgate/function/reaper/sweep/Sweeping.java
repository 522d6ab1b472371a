package io.sparkgate.function.reaper.sweep;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.JobRuns;
import io.sparkgate.function.aws.ServiceClient;
import io.sparkgate.function.aws.Sessions;
import io.sparkgate.function.reaper.IdlePolicy;
import io.sparkgate.function.reaper.IdleTag;
import io.sparkgate.function.reaper.KeepTag;
import io.sparkgate.function.reaper.Rule;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.StubContext;
import io.sparkgate.function.stub.StubSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/** The stub, the real client, a clock that goes when it is told to, and what the reaper wrote. */
final class Sweeping implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  static final Supplier<Duration> ENOUGH = () -> Duration.ofMinutes(1);

  /** Faster than any test asks. */
  static final Map<Operation, Rate> FAST =
      Map.of(
          Operation.LIST_SESSIONS, new Rate(1_000, 1_000),
          Operation.GET_SESSION, new Rate(1_000, 1_000),
          Operation.TERMINATE_SESSION, new Rate(1_000, 1_000));

  static final Rule IDLE =
      new Rule.Idle(
          Duration.ofMinutes(60),
          new IdleTag("idle-minutes", Duration.ofMinutes(15), Duration.ofMinutes(240)));

  /** So that calls come one after the other, in an order that a test can name. */
  static final int ONE_CONNECTION = 1;

  final EmrServerlessStub emr = EmrServerlessStub.start();
  final EmrServerlessClient client =
      ServiceClient.builder()
          .region(Region.US_EAST_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("AKID", "secret")))
          .endpointOverride(emr.uri())
          .build();
  private final Supplier<Duration> callLimit;

  /** For those tests that have events: without a Region, no client of a bus can be made. */
  Map<String, String> environment = Map.of();

  private Instant now = NOW;
  private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  final PrintStream log = new PrintStream(written, true, StandardCharsets.UTF_8);

  Sweeping() {
    callLimit = () -> ReaperHandler.CALL_LIMIT;
  }

  /**
   * The call after so many gets an answer within the limit or fails; the others take their time.
   */
  Sweeping(int calls, Duration limit) {
    callLimit = () -> emr.calls().size() == calls ? limit : ReaperHandler.CALL_LIMIT;
  }

  static ReaperConfig config(String... applications) {
    return config(List.of(IDLE), 25, false, applications);
  }

  static ReaperConfig config(
      List<Rule> rules, int maxTerminations, boolean dryRun, String... applications) {
    IdlePolicy policy = new IdlePolicy(new KeepTag("keep-until"), rules);
    return new ReaperConfig(
        List.of(applications),
        policy,
        maxTerminations,
        dryRun,
        FAST,
        null,
        null,
        Map.of("some", "document"));
  }

  static Instant ago(long minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  /** A session that is 300 minutes old. */
  static StubSession idle(String id, long minutes) {
    return StubSession.idle(id, ago(300), ago(minutes));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Sweeps that share what they remember, as those of one function do while it is warm. */
  final class Warm {
    private final ReaperConfig config;
    private final int connections;
    private final Agenda agenda = new Agenda();
    private final Agenda agendaOfJobRuns = new Agenda();
    private final Pace pace;

    private Warm(ReaperConfig config, int connections) {
      this.config = config;
      this.connections = connections;
      this.pace = new Pace(config.allRates(), Clock.systemUTC());
    }

    Tally sweep() {
      return sweep(ENOUGH);
    }

    Tally sweep(Supplier<Duration> budget) {
      Report report = new Report(log, clock);
      Calls calls = new Calls(budget, callLimit);
      PacedTasks tasks = new PacedTasks(connections, budget);
      SweepContext context = new SweepContext(pace, tasks, clock, report);
      List<Round<?, ?>> rounds = new ArrayList<>();
      rounds.add(config.round(context, new Sessions(client, calls), agenda));
      if (config.jobRuns() != null) {
        rounds.add(config.jobRuns().round(context, new JobRuns(client, calls), agendaOfJobRuns));
      }
      new Sweep(context, rounds).run(config.applications());
      return report.tally();
    }
  }

  Warm warm(ReaperConfig config) {
    return warm(config, ONE_CONNECTION);
  }

  Warm warm(ReaperConfig config, int connections) {
    return new Warm(config, connections);
  }

  Tally sweep(ReaperConfig config) {
    return warm(config).sweep();
  }

  Tally sweep(ReaperConfig config, Supplier<Duration> budget) {
    return warm(config).sweep(budget);
  }

  /** What is left when so many calls have been made, and nothing after the last. */
  Supplier<Duration> budget(Duration... whenCalled) {
    return () -> {
      int calls = emr.calls().size();
      return calls < whenCalled.length ? whenCalled[calls] : Duration.ZERO;
    };
  }

  /** A function that starts cold. */
  ReaperHandler handler(ReaperConfig config) {
    return new ReaperHandler(
        config, "my-reaper", () -> client, callLimit, log, clock, ONE_CONNECTION, environment);
  }

  /** As the function does, with so much time. */
  void handle(ReaperConfig config, Duration remaining, OutputStream answer) throws IOException {
    invoke(handler(config), remaining, answer);
  }

  void invoke(ReaperHandler handler, Duration remaining, OutputStream answer) throws IOException {
    handler.handleRequest(InputStream.nullInputStream(), answer, StubContext.of(remaining));
  }

  /** All that was written, line by line. */
  List<Map<String, Object>> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().map(Sweeping::json).toList();
  }

  static Map<String, Object> json(String line) {
    try {
      return JSON.std.mapFrom(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }

  /** Each line as {@code "s1 terminated"}, in order. */
  List<String> outcomes() {
    return lines().stream()
        .map(
            line ->
                line.getOrDefault(
                        "sessionId", line.getOrDefault("jobRunId", line.get("applicationId")))
                    + " "
                    + line.get("outcome"))
        .toList();
  }

  String reason(String id) {
    return lines().stream()
        .filter(line -> id.equals(line.get("sessionId")) || id.equals(line.get("jobRunId")))
        .map(line -> (String) line.get("reason"))
        .findFirst()
        .orElseThrow();
  }

  List<String> calls() {
    return emr.calls().stream().map(Object::toString).toList();
  }

  @Override
  public void close() {
    client.close();
    emr.close();
  }
}
