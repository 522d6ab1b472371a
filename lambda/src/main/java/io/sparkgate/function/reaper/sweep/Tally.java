package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.Subject;
import io.sparkgate.function.reaper.Unreadable;
import io.sparkgate.function.reaper.sweep.Outcome.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The counts of one sweep. */
final class Tally {

  private final Map<Kind, Integer> outcomes = new EnumMap<>(Kind.class);
  private final Map<Unreadable, Integer> unreadable = new EnumMap<>(Unreadable.class);
  private final List<String> leftApplications = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<Subject, Integer> scanned = new EnumMap<>(Subject.class);
  private final Map<Subject, Integer> notDue = new EnumMap<>(Subject.class);
  private int idle;
  private Duration oldestIdle = Duration.ZERO;

  void listed(Listed one) {
    scanned.merge(one.subject(), 1, Integer::sum);
    if (one.idle()) {
      idle++;
    }
  }

  void unreadable(Unreadable tag) {
    unreadable.merge(tag, 1, Integer::sum);
  }

  void notDue(Subject subject, int applications) {
    notDue.put(subject, applications);
  }

  void idleFor(Duration time) {
    if (time.compareTo(oldestIdle) > 0) {
      oldestIdle = time;
    }
  }

  void application(String application, Outcome outcome) {
    if (outcome.kind() == Kind.LEFT && !leftApplications.contains(application)) {
      leftApplications.add(application);
    }
    count("application " + application, outcome);
  }

  void subject(Listed one, Outcome outcome) {
    count(one.subject().noun() + " " + one.id(), outcome);
  }

  private void count(String what, Outcome outcome) {
    outcomes.merge(outcome.kind(), 1, Integer::sum);
    if (outcome.error() != null) {
      ServiceCallException error = outcome.error();
      failures.add("%s: %s: %s".formatted(what, error.type(), error.said()));
    }
  }

  int of(Kind kind) {
    return outcomes.getOrDefault(kind, 0);
  }

  int of(Unreadable tag) {
    return unreadable.getOrDefault(tag, 0);
  }

  int scanned(Subject subject) {
    return scanned.getOrDefault(subject, 0);
  }

  int idle() {
    return idle;
  }

  int notDue(Subject subject) {
    return notDue.getOrDefault(subject, 0);
  }

  Duration oldestIdle() {
    return oldestIdle;
  }

  List<String> leftApplications() {
    return leftApplications;
  }

  /** One line on all that failed; empty when nothing did. */
  Optional<String> failure() {
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    String line = "%d failed, the first is %s".formatted(failures.size(), failures.get(0));
    return Optional.of(line.replaceAll("\\R", " "));
  }
}
