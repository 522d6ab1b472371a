package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.Sessions;
import io.sparkgate.function.aws.Subjects;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.IdlePolicy;
import io.sparkgate.function.reaper.KeepTag;
import io.sparkgate.function.reaper.ListedSession;
import io.sparkgate.function.reaper.Rule;
import io.sparkgate.function.reaper.Session;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A day of sweeps, every five minutes, over one and the same fleet: by the reaper as it is, by the
 * reaper without its memory, and by one that reads every live session in every sweep. Virtual time;
 * the sweep, the policy and the memory are the real ones.
 */
public final class FleetSimulation {

  /**
   * What is simulated.
   *
   * @param applications how many
   * @param sessions that are started in each, in a day, on average
   * @param pause between two statements of a session, on average
   * @param limit of idleness
   */
  public record Fleet(
      String name, int applications, double sessions, Duration pause, Duration limit) {

    /** The same with fewer applications. */
    public Fleet of(int applications) {
      return new Fleet(name, applications, sessions, pause, limit);
    }
  }

  /** Many applications, few sessions. */
  public static final Fleet SPARSE =
      new Fleet("sparse", 1000, 1.5, Duration.ofMinutes(12), Duration.ofMinutes(60));

  /** A team in each application. */
  public static final Fleet BUSY =
      new Fleet("busy", 200, 12, Duration.ofMinutes(12), Duration.ofMinutes(60));

  /** Hardly used, with a short limit. */
  public static final Fleet VERY_SPARSE =
      new Fleet("very sparse", 1000, 0.3, Duration.ofMinutes(12), Duration.ofMinutes(30));

  /** Few applications, full of sessions. */
  public static final Fleet DENSE =
      new Fleet("dense", 20, 70, Duration.ofMinutes(12), Duration.ofMinutes(60));

  /** What came of it; calls of each way, for the same terminations. */
  public record Result(
      int sweeps, int terminations, long callsNaive, long callsWithoutMemory, long calls) {}

  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final Duration DAY = Duration.ofHours(24);
  private static final Duration EVERY = Duration.ofMinutes(5);
  private static final Supplier<Duration> ENOUGH = () -> Duration.ofMinutes(5);
  private static final Rate UNLIMITED = new Rate(1e9, 1_000_000);

  private final ReaperConfig config;
  private final Map<String, Map<String, SessionTrace>> traces;
  private final int failureOneIn;

  private FleetSimulation(Fleet fleet, List<Rule> rules, long seed, int failureOneIn) {
    Random random = new Random(seed);
    List<String> applications = new ArrayList<>();
    List<SessionTrace> all = new ArrayList<>();
    for (int i = 0; i < fleet.applications(); i++) {
      String application = "app%04d".formatted(i);
      applications.add(application);
      double expected = fleet.sessions();
      int sessions = (int) expected + (random.nextDouble() < expected % 1 ? 1 : 0);
      for (int j = 0; j < sessions; j++) {
        Instant created = START.plusSeconds(random.nextLong(DAY.toSeconds()));
        String id = application + "s%03d".formatted(j);
        all.add(SessionTrace.random(application, id, created, fleet.pause(), random));
      }
    }
    this.traces = SimulatedService.index(all);
    this.failureOneIn = failureOneIn;
    this.config =
        new ReaperConfig(
            applications,
            new IdlePolicy(new KeepTag(SessionTrace.KEEP_TAG), rules),
            1_000,
            false,
            Map.of(
                Operation.LIST_SESSIONS, UNLIMITED,
                Operation.GET_SESSION, UNLIMITED,
                Operation.TERMINATE_SESSION, UNLIMITED),
            null,
            null,
            Map.of());
  }

  /**
   * Simulates a fleet under the policy that a reaper has by default, with the fleet's limit.
   *
   * @throws IllegalStateException if the three ways ever terminate different sessions
   */
  public static Result run(Fleet fleet, long seed) {
    List<Rule> rules =
        List.of(new Rule.Idle(fleet.limit(), null), new Rule.Starting(Duration.ofMinutes(30)));
    return run(fleet, rules, seed, 0);
  }

  static Result run(Fleet fleet, List<Rule> rules, long seed, int failureOneIn) {
    return new FleetSimulation(fleet, rules, seed, failureOneIn).run();
  }

  private Result run() {
    Way real = new Way(new Agenda());
    Way forgetful = new Way(null);
    SimulatedService naive = new SimulatedService(traces, failureOneIn);
    int terminations = 0;
    int sweeps = 0;
    for (Instant now = START; !now.isAfter(START.plus(DAY)); now = now.plus(EVERY)) {
      Set<String> ended = real.sweep(now);
      same("without its memory", now, ended, forgetful.sweep(now));
      same("reading everything", now, ended, sweepNaively(naive, now));
      terminations += ended.size();
      sweeps++;
    }
    return new Result(
        sweeps, terminations, naive.calls(), forgetful.service.calls(), real.service.calls());
  }

  private static void same(String way, Instant now, Set<String> ended, Set<String> other) {
    if (!ended.equals(other)) {
      throw new IllegalStateException(
          "at %s the reaper terminated %s, but %s it would have terminated %s"
              .formatted(now, ended, way, other));
    }
  }

  /** One of the two ways of the real sweep. */
  private final class Way {
    private final SimulatedService service = new SimulatedService(traces, failureOneIn);
    private final Supplier<Agenda> agenda;

    /** With this memory; with null a new one for each sweep. */
    private Way(@Nullable Agenda memory) {
      agenda = memory == null ? Agenda::new : () -> memory;
    }

    private Set<String> sweep(Instant now) {
      service.at(now);
      Clock clock = Clock.fixed(now, ZoneOffset.UTC);
      SweepContext context =
          new SweepContext(
              new Pace(config.rates(), Clock.systemUTC()),
              new PacedTasks(1, ENOUGH),
              clock,
              new Report(new PrintStream(OutputStream.nullOutputStream()), clock));
      new Sweep(context, List.of(config.round(context, sessions(service), agenda.get())))
          .run(config.applications());
      return service.endedNow();
    }
  }

  private static Sessions sessions(SimulatedService service) {
    return new Sessions(service, new Calls(ENOUGH, () -> Calls.LIMIT));
  }

  private Set<String> sweepNaively(SimulatedService service, Instant now) {
    service.at(now);
    Sessions sessions = sessions(service);
    for (String application : config.applications()) {
      try {
        String token = null;
        do {
          Subjects.Page<ListedSession> page = sessions.page(application, token);
          page.items().forEach(session -> endIfDue(sessions, session, now));
          token = page.next();
        } while (token != null);
      } catch (ServiceCallException e) {
        // The next sweep tries again.
      }
    }
    return service.endedNow();
  }

  private void endIfDue(Sessions sessions, ListedSession session, Instant now) {
    try {
      if (isDue(sessions.get(session).orElseThrow(), now)
          && isDue(sessions.get(session).orElseThrow(), now)) {
        sessions.end(session);
      }
    } catch (ServiceCallException e) {
      // The next sweep tries again.
    }
  }

  private boolean isDue(Session session, Instant now) {
    return config.policy().decide(session, now).verdict() == Decision.Verdict.TERMINATE;
  }
}
