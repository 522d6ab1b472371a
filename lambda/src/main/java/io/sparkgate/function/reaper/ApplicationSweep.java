package io.sparkgate.function.reaper;

import io.sparkgate.function.pace.PacedTasks;
import io.sparkgate.function.reaper.Decision.Verdict;
import io.sparkgate.function.reaper.Outcome.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One application's part of a sweep: its list page by page, then a look at each session that the
 * list and the memory cannot rule out, then the ends, the most overdue first.
 */
final class ApplicationSweep {

  /** By how much the service's clock may differ from ours. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  private final String application;
  private final Sweep sweep;
  private final Forecast before;
  private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
  private final List<ListedSession> candidates = new ArrayList<>();
  private final List<Due> due = new ArrayList<>();
  private @Nullable Instant listedAt;
  private @Nullable String nextPage;
  private int looksToCome;
  private boolean complete = true;
  private volatile boolean unfinished;

  ApplicationSweep(String application, Sweep sweep) {
    this.application = application;
    this.sweep = sweep;
    this.before = sweep.agenda.forecast(application);
  }

  private record Due(Session session, Decision decision) {}

  String application() {
    return application;
  }

  /** Whether time or the cap left something of it. */
  boolean unfinished() {
    return unfinished;
  }

  /** Reads one page, and then the next. */
  void list() {
    Instant now = sweep.clock.instant();
    listedAt = listedAt == null ? now : listedAt;
    try {
      EmrServerlessSessions.Page page = sweep.service.page(application, nextPage, sweep.budget);
      page.unreadable().forEach(this::notSwept);
      page.sessions().forEach(session -> listed(session, now));
      complete = complete && page.unreadable().isEmpty();
      nextPage = page.next();
    } catch (CallFailed.Throttled e) {
      again(e, sweep.lists, this::list);
      return;
    } catch (CallFailed e) {
      notSwept(e);
      complete = false;
      nextPage = null;
    }
    if (nextPage == null) {
      look();
    } else {
      sweep.lists.again(this::list);
    }
  }

  private void listed(ListedSession session, Instant now) {
    IdlePolicy policy = sweep.config.policy();
    sweep.report.listed(session);
    Instant remembered = before.sessions().getOrDefault(session.sessionId(), Instant.MIN);
    Instant earliest = policy.earliest(session, now.minus(CLOCK_SKEW));
    notBefore.put(session.sessionId(), remembered.isAfter(earliest) ? remembered : earliest);
    if (policy.mayBeDue(session, now) && !remembered.isAfter(now)) {
      candidates.add(session);
    }
  }

  private void look() {
    looksToCome = candidates.size();
    candidates.forEach(session -> sweep.looks.add(() -> look(session)));
  }

  private void look(ListedSession listed) {
    try {
      sweep
          .service
          .get(listed, sweep.budget)
          .ifPresentOrElse(
              this::seen,
              () ->
                  sweep.report.undecided(
                      listed, new Outcome(Kind.GONE, "ended since it was listed")));
    } catch (CallFailed.Throttled e) {
      again(e, sweep.looks, () -> look(listed));
      return;
    } catch (CallFailed e) {
      notBefore.put(listed.sessionId(), Instant.MIN);
      sweep.report.undecided(listed, outcome(e));
    }
    looked();
  }

  private void seen(Session session) {
    Instant now = sweep.clock.instant();
    IdlePolicy policy = sweep.config.policy();
    Decision decision = policy.decide(session, now);
    notBefore.put(
        session.listed().sessionId(),
        decision.verdict() == Verdict.KEEP
            ? policy.earliest(session, now.minus(CLOCK_SKEW))
            : Instant.MIN);
    if (decision.verdict() == Verdict.TERMINATE) {
      synchronized (this) {
        due.add(new Due(session, decision));
      }
    } else {
      sweep.report.decided(session, decision, Outcome.of(session, decision));
    }
  }

  private synchronized void looked() {
    looksToCome--;
    if (looksToCome == 0) {
      due.sort(Comparator.comparing((Due each) -> each.decision().overdue()).reversed());
      due.forEach(each -> sweep.ends.add(() -> end(each)));
    }
  }

  private void end(Due due) {
    if (!sweep.terminations.tryAcquire()) {
      String cap = "the cap of %d terminations per sweep is reached; it is due: %s";
      String reason = cap.formatted(sweep.config.maxTerminations(), due.decision().reason());
      unfinished = true;
      sweep.report.decided(due.session(), due.decision(), new Outcome(Kind.LEFT, reason));
      return;
    }
    boolean ended = false;
    try {
      ended = lookAgainAndEnd(due);
    } catch (CallFailed.Throttled e) {
      again(e, sweep.ends, () -> end(due));
    } catch (CallFailed e) {
      sweep.report.decided(due.session(), due.decision(), outcome(e));
    } finally {
      if (!ended) {
        sweep.terminations.release();
      }
    }
  }

  /** Time has passed since the decision, and the service terminates a busy session too. */
  private boolean lookAgainAndEnd(Due due) throws CallFailed {
    Session session = sweep.service.get(due.session().listed(), sweep.budget).orElse(null);
    if (session == null) {
      sweep.report.decided(due.session(), due.decision(), gone());
      return false;
    }
    Decision decision = sweep.config.policy().decide(session, sweep.clock.instant());
    Outcome outcome =
        decision.verdict() == Verdict.TERMINATE
            ? terminate(session, decision)
            : Outcome.of(session, decision).after("was due, but is no more: ");
    sweep.report.decided(session, decision, outcome);
    return outcome.kind() == Kind.TERMINATED || outcome.kind() == Kind.WOULD_TERMINATE;
  }

  private Outcome terminate(Session session, Decision decision) throws CallFailed {
    if (sweep.config.dryRun()) {
      return new Outcome(Kind.WOULD_TERMINATE, decision.reason());
    }
    return sweep.service.terminate(session.listed(), sweep.budget)
        ? new Outcome(Kind.TERMINATED, decision.reason())
        : gone();
  }

  private static Outcome gone() {
    return new Outcome(Kind.GONE, "ended by itself before it was terminated");
  }

  private void again(CallFailed.Throttled e, PacedTasks.Lane lane, Runnable task) {
    sweep.pace.of(e.operation()).rejected();
    lane.again(task);
  }

  private void notSwept(CallFailed e) {
    sweep.report.notSwept(application, outcome(e));
  }

  private Outcome outcome(CallFailed e) {
    Outcome outcome = Outcome.of(e);
    if (outcome.kind() == Kind.LEFT) {
      unfinished = true;
    }
    return outcome;
  }

  /** Keeps for the next sweeps what this one found out. */
  void remember() {
    Instant next = Instant.MIN;
    if (complete && listedAt != null) {
      // Whatever was not listed did not exist then.
      next = listedAt.minus(CLOCK_SKEW).plus(sweep.config.policy().smallestLimit());
      for (Instant earliest : notBefore.values()) {
        next = earliest.isBefore(next) ? earliest : next;
      }
    }
    sweep.agenda.remember(application, new Forecast(next, notBefore));
  }
}
