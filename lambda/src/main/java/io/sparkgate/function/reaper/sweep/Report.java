package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.Json;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.Seen;
import io.sparkgate.function.reaper.Subject;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep tells while it runs: one JSON line for each session and job run that was looked at,
 * and for each application that could not be swept. Of tags it repeats only what a reason quotes,
 * and of a job run the owner. Several threads may tell it something at once.
 */
final class Report {

  private final PrintStream out;
  private final Clock clock;
  private final @Nullable PolicyEvents events;
  private final Tally tally = new Tally();

  Report(PrintStream out, Clock clock) {
    this(out, clock, null);
  }

  /**
   * One that hands on what was ended.
   *
   * @param events null where nobody is told of it
   */
  Report(PrintStream out, Clock clock, @Nullable PolicyEvents events) {
    this.out = out;
    this.clock = clock;
    this.events = events;
  }

  Tally tally() {
    return tally;
  }

  synchronized void listed(Listed one) {
    tally.listed(one);
  }

  /** So many applications were passed over, because nothing in them can be due yet. */
  void notDue(Subject subject, int applications) {
    tally.notDue(subject, applications);
  }

  /** An application whose list could not be read, or not to its end, or not in all its sessions. */
  synchronized void notSwept(Subject subject, String application, Outcome outcome) {
    tally.application(application, outcome);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "application");
    line.put("applicationId", application);
    if (subject == Subject.JOB_RUN) {
      line.put("list", "jobRuns");
    }
    finish(line, outcome);
  }

  /** One that could not be looked at. */
  synchronized void undecided(Listed one, Outcome outcome) {
    tally.subject(one, outcome);
    finish(line(one), outcome);
  }

  synchronized void decided(Seen<?> one, Decision decision, Outcome outcome) {
    tally.subject(one.listed(), outcome);
    Map<String, Object> line = line(one.listed());
    line.putAll(one.details());
    Optional<Duration> idle = one.idleFor(clock.instant());
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
    if (events != null && outcome.kind() == Outcome.Kind.TERMINATED) {
      events.ended(one, decision, clock.instant());
    }
    finish(line, outcome);
  }

  private Map<String, Object> line(Listed one) {
    Subject subject = one.subject();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", subject.recordType());
    line.put("applicationId", one.applicationId());
    line.put(subject.idField(), one.id());
    String name = one.name();
    if (name != null) {
      line.put("name", name);
    }
    line.put("createdBy", one.createdBy());
    line.put("executionRole", one.executionRole());
    line.put("state", one.state().name());
    line.putAll(one.details());
    line.put("ageSeconds", one.age(clock.instant()).toSeconds());
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
