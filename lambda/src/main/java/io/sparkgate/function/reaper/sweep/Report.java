package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.Json;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.ListedSession;
import io.sparkgate.function.reaper.Session;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a sweep tells while it runs: one JSON line for each session that was looked at, and for each
 * application that could not be swept. Of a session's tags it repeats only what a reason quotes.
 * Several threads may tell it something at once.
 */
final class Report {

  private final PrintStream out;
  private final Clock clock;
  private final Tally tally = new Tally();

  Report(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  Tally tally() {
    return tally;
  }

  synchronized void listed(ListedSession session) {
    tally.listed(session);
  }

  /** So many applications were passed over, because nothing in them can be due yet. */
  void notDue(int applications) {
    tally.notDue(applications);
  }

  /** An application whose list could not be read, or not to its end, or not in all its sessions. */
  synchronized void notSwept(String application, Outcome outcome) {
    tally.application(application, outcome);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "application");
    line.put("applicationId", application);
    finish(line, outcome);
  }

  /** A session that could not be looked at. */
  synchronized void undecided(ListedSession session, Outcome outcome) {
    tally.session(session, outcome);
    finish(line(session), outcome);
  }

  synchronized void decided(Session session, Decision decision, Outcome outcome) {
    tally.session(session.listed(), outcome);
    Map<String, Object> line = line(session.listed());
    Optional<Duration> idle = session.idleFor(clock.instant());
    idle.ifPresent(
        time -> {
          tally.idleFor(time);
          line.put("idleSeconds", time.toSeconds());
        });
    decision.unreadable().forEach(tally::unreadable);
    line.put("rule", decision.rule());
    if (!decision.limit().isZero()) {
      line.put("limitSeconds", decision.limit().toSeconds());
    }
    finish(line, outcome);
  }

  private Map<String, Object> line(ListedSession session) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "decision");
    line.put("applicationId", session.applicationId());
    line.put("sessionId", session.sessionId());
    if (session.name() != null) {
      line.put("name", session.name());
    }
    line.put("createdBy", session.createdBy());
    line.put("executionRole", session.executionRole());
    line.put("state", session.state().name());
    line.put("ageSeconds", session.age(clock.instant()).toSeconds());
    return line;
  }

  private void finish(Map<String, Object> line, Outcome outcome) {
    line.put("outcome", outcome.kind().label());
    line.put("reason", outcome.reason());
    ServiceCallException error = outcome.error();
    if (error != null) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("type", error.type());
      told.put("message", error.said());
      line.put("error", told);
    }
    print(line);
  }

  void print(Map<String, Object> line) {
    out.println(Json.write(line));
  }
}
