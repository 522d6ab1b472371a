package io.sparkgate.function.monitor;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.aws.SessionEvent;
import io.sparkgate.function.aws.Sessions;
import io.sparkgate.function.aws.Work;
import io.sparkgate.function.monitor.MonitorReport.Figure;
import io.sparkgate.function.monitor.OwnerRules.Beyond;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Decision.Verdict;
import io.sparkgate.function.reaper.ListedSession;
import io.sparkgate.function.reaper.Session;
import io.sparkgate.function.reaper.SessionState;
import io.sparkgate.function.reaper.sweep.Operation;
import io.sparkgate.function.reaper.sweep.PacedTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Ends what is beyond an owner's limits, each after a last look, or says what it would end. */
final class OwnerEnds {

  private final PassContext pass;
  private final Events events;
  private final boolean dryRun;
  private final Duration warn;
  private final Sessions sessions;
  private final PacedTasks.Lane lane;

  OwnerEnds(PassContext pass, PacedTasks tasks, Events events, OwnerLimits limits) {
    this.pass = pass;
    this.events = events;
    this.dryRun = limits.dryRun();
    this.warn = limits.warn();
    this.sessions = new Sessions(pass.client(), pass.calls());
    this.lane =
        dryRun
            ? pass.lane(tasks, Operation.GET_SESSION)
            : pass.lane(tasks, Operation.TERMINATE_SESSION, Operation.GET_SESSION);
  }

  void add(Beyond beyond) {
    if (beyond.end()) {
      lane.add(() -> end(beyond));
    } else {
      Work work = beyond.known().work();
      pass.report().decided(work, beyond.rule(), "kept", beyond.reason() + "; " + why(work));
      tell(beyond);
    }
  }

  private void end(Beyond beyond) {
    Work work = beyond.known().work();
    ListedSession listed = work.session().orElseThrow().listed();
    try {
      Optional<Session> now = sessions.get(listed);
      String outcome = now.isEmpty() ? "gone" : outcome(beyond, now.get());
      String reason = beyond.reason();
      if (outcome.equals("exempt")) {
        reason = "protected by tag %s; otherwise %s".formatted(keepTag(), reason);
      } else if (outcome.equals("kept")) {
        reason = "was to end, but is %s by now: %s".formatted(now.get().state(), reason);
      }
      if (outcome.equals("warned")) {
        reason = "ends at %s: %s".formatted(endsAt(beyond), reason);
      }
      pass.report().decided(work, beyond.rule(), outcome, reason);
      if (outcome.equals("warned")) {
        warn(beyond, now.orElseThrow());
      } else if (outcome.equals("terminated")) {
        pass.report().count(Figure.ENDED, 1);
        told(beyond, work);
        reached(beyond);
      } else if (outcome.equals("wouldTerminate")) {
        pass.report().count(Figure.WOULD_END, 1);
        tell(beyond);
      }
    } catch (ServiceCallException e) {
      if (pass.pace().again(e, lane, () -> end(beyond))) {
        return;
      }
      boolean left = e.kind() == Kind.OUT_OF_TIME;
      pass.report()
          .decided(
              work,
              beyond.rule(),
              left ? "left" : "failed",
              left ? "the pass ran out of time; " + beyond.reason() : beyond.reason(),
              left ? null : e);
    }
  }

  /** Why it is told of and not ended. */
  private String why(Work work) {
    if (work.in(SessionState.BUSY)) {
      return "never ended while BUSY";
    }
    return OwnerRules.isKept(pass.config().keepTag(), work.tags(), pass.now())
        ? "protected by tag " + keepTag()
        : "told only";
  }

  private String outcome(Beyond beyond, Session now) throws ServiceCallException {
    if (now.ended()) {
      return "gone";
    }
    if (!SessionState.LIVE.contains(now.state()) || now.state() == SessionState.BUSY) {
      return "kept";
    }
    if (OwnerRules.isKept(pass.config().keepTag(), now.tags(), pass.clock().instant())) {
      return "exempt";
    }
    if (dryRun) {
      return "wouldTerminate";
    }
    if (pass.clock().instant().isBefore(endsAt(beyond))) {
      return "warned";
    }
    return sessions.end(now.listed()) ? "terminated" : "gone";
  }

  /** Never sooner than its owner was told, by this process at least. */
  private Instant endsAt(Beyond beyond) {
    return beyond
        .known()
        .story()
        .announced
        .computeIfAbsent(
            beyond.rule(), rule -> pass.clock().instant().plus(warn).truncatedTo(SECONDS));
  }

  /** Once for each end that is to come. */
  private void warn(Beyond beyond, Session session) {
    Decision decision =
        new Decision(
            Verdict.TERMINATE, beyond.rule(), Duration.ZERO, Duration.ZERO, beyond.reason());
    Warnings.Warning warning = new Warnings.Warning(session, decision, endsAt(beyond));
    Map<String, Object> fields = warning.fields(pass.config().parameterPrefix());
    Instant time = pass.clock().instant();
    if (put(SessionEvents.IDLE_WARNING, warning.eventId(), time, beyond, fields)) {
      pass.report().count(Figure.WARNED, 1);
    }
    reached(beyond);
  }

  private String keepTag() {
    return pass.config().keepTag().key();
  }

  private void told(Beyond beyond, Work work) {
    Instant now = pass.clock().instant();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(SessionEvents.RULE, beyond.rule());
    fields.put(SessionEvents.REASON, beyond.reason());
    put(SessionEvents.TERMINATED_BY_POLICY, work.id() + ":terminated", now, beyond, fields);
  }

  /** That the limit is reached, unless the process before told it. */
  private void tell(Beyond beyond) {
    if (pass.memory().isWorthTelling(beyond.since())) {
      reached(beyond);
    }
  }

  /** Once for each session; of a budget, it is told once a day. */
  private void reached(Beyond beyond) {
    if (!beyond.rule().equals(OwnerRules.LIMIT)) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>(beyond.fields());
    fields.put(SessionEvents.RULE, beyond.rule());
    fields.put(SessionEvents.REASON, beyond.reason());
    Instant now = pass.clock().instant();
    Work work = beyond.known().work();
    put(SessionEvents.OWNER_LIMIT_REACHED, work.id() + ":ownerLimit", now, beyond, fields);
  }

  private boolean put(
      String type, String id, Instant time, Beyond beyond, Map<String, Object> fields) {
    Known known = beyond.known();
    return events.add(
        SessionEvent.of(type, id, known.work().seen(), time, fields), known.story().told);
  }
}
