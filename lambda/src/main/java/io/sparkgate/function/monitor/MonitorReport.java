package io.sparkgate.function.monitor;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.Json;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.aws.Work;
import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.Owner;
import io.sparkgate.function.reaper.Subject;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a pass tells: metrics, and a JSON line for each decision and for what failed, in the words
 * of the reaper's. Several threads may tell it something at once.
 */
final class MonitorReport {

  /** The figures of the answer. */
  enum Figure {
    SCANNED("Scanned"),
    READ("Read"),
    EVENTS("Events"),
    RECORDS("Records"),
    WARNED("Warned"),
    ENDED("Terminated"),
    WOULD_END("WouldTerminate"),
    FAILED("Failed"),
    LEFT("Left");

    private final String label;

    Figure(String label) {
      this.label = label;
    }
  }

  private final PrintStream out;
  private final Clock clock;
  private final Map<Figure, Integer> figures = new EnumMap<>(Figure.class);
  private final List<String> failures = new ArrayList<>();

  private @Nullable String firstLeft;

  MonitorReport(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  synchronized void count(Figure figure, int more) {
    figures.merge(figure, more, Integer::sum);
  }

  void print(Map<String, Object> line) {
    out.println(Json.write(line));
  }

  /** What was decided on a session, and what became of it. */
  void decided(Work work, String rule, String outcome, String reason) {
    decided(work, rule, outcome, reason, null);
  }

  /** The same of what could not be carried out. */
  void decided(
      Work work, String rule, String outcome, String reason, @Nullable ServiceCallException error) {
    Map<String, Object> line = line(work.listed());
    line.put(SessionEvents.OWNER, Owner.of(work.seen()));
    work.seen()
        .idleFor(clock.instant())
        .ifPresent(idle -> line.put("idleSeconds", idle.toSeconds()));
    line.put("rule", rule);
    finish(line, "session " + work.id(), outcome, reason, error);
  }

  /** What was decided of an owner, and of no session. */
  void decidedOfOwner(String owner, String rule, String outcome, String reason) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "ownerDecision");
    line.put(SessionEvents.OWNER, owner);
    line.put("rule", rule);
    finish(line, "owner " + owner, outcome, reason, null);
  }

  /** One that could not be looked at. */
  void unread(Listed one, ServiceCallException e) {
    failed(line(one), one.subject().noun() + " " + one.id(), e);
  }

  /** An application of which something could not be read. */
  void unread(String application, ServiceCallException e) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "application");
    line.put("applicationId", application);
    failed(line, "application " + application, e);
  }

  /** What is not done in this pass for an application of which not all could be read. */
  void left(String application, String reason) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "application");
    line.put("applicationId", application);
    finish(line, "application " + application, "left", reason, null);
  }

  /** Something else that could not be done; the next pass tries again. */
  void undone(String type, String what, ServiceCallException e) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", type);
    line.put("what", what);
    failed(line, what, e);
  }

  private void failed(Map<String, Object> line, String what, ServiceCallException e) {
    if (e.kind() == Kind.OUT_OF_TIME || e.kind() == Kind.THROTTLED) {
      finish(line, what, "left", "left to the next pass: " + e.getMessage(), null);
    } else {
      finish(line, what, "failed", "the service could not be asked or refused", e);
    }
  }

  private void finish(
      Map<String, Object> line,
      String what,
      String outcome,
      String reason,
      @Nullable ServiceCallException error) {
    line.put("function", "monitor");
    line.put("outcome", outcome);
    line.put("reason", reason);
    if (error != null) {
      Map<String, Object> told = new LinkedHashMap<>();
      told.put("type", error.type());
      told.put("message", error.said());
      line.put("error", told);
      failure("%s: %s: %s".formatted(what, error.type(), error.said()));
    }
    if (outcome.equals("left")) {
      left(what);
    }
    print(line);
  }

  private synchronized void left(String what) {
    firstLeft = firstLeft == null ? what : firstLeft;
    count(Figure.LEFT, 1);
  }

  synchronized boolean leftSomething() {
    return firstLeft != null;
  }

  /** What is left time and again is never done. */
  void failLeft() {
    failure(
        ("%s: left to the next pass, as something was by the pass before; what to do: let one"
                + " monitor watch fewer applications, or give it a larger share of the rates")
            .formatted(firstLeft));
  }

  private synchronized void failure(String what) {
    failures.add(what);
    count(Figure.FAILED, 1);
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
    line.put("ageSeconds", one.age(clock.instant()).toSeconds());
    return line;
  }

  /** By name, each figure. */
  synchronized Map<String, Object> answer(int applications) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("Applications", applications);
    for (Figure figure : Figure.values()) {
      answer.put(figure.label, figures.getOrDefault(figure, 0));
    }
    return answer;
  }

  /** One line on all that failed; empty when nothing did. */
  synchronized Optional<String> failure() {
    return failures.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d failed, the first is %s"
                .formatted(failures.size(), failures.get(0))
                .replaceAll("\\R", " "));
  }
}
