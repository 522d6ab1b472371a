package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.Pages;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.Sessions;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Decision.Verdict;
import io.sparkgate.function.reaper.IdlePolicy;
import io.sparkgate.function.reaper.ListedSession;
import io.sparkgate.function.reaper.Session;
import io.sparkgate.function.reaper.sweep.Outcome.Kind;
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

  final Progress progress;

  private final Forecast before;
  private final SweepContext sweep;
  private final Cap<SessionEnd> cap;
  private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
  private final List<ListedSession> candidates = new ArrayList<>();
  private final List<SessionEnd> due = new ArrayList<>();
  private @Nullable Instant listedAt;
  private final Pages pages = new Pages("ListSessions");
  private boolean complete = true;
  private int looksToCome;

  /**
   * One that has not begun yet.
   *
   * @param before what the sweeps before found out
   */
  ApplicationSweep(String application, Forecast before, SweepContext sweep, Cap<SessionEnd> cap) {
    this.progress = new Progress(application);
    this.before = before;
    this.sweep = sweep;
    this.cap = cap;
  }

  /** Reads one page, and then the next. */
  void list() {
    Instant now = sweep.clock.instant();
    listedAt = listedAt == null ? now : listedAt;
    try {
      Sessions.Page page = sweep.sessions.page(progress.application(), pages.token());
      page.unreadable().forEach(this::notSwept);
      page.sessions().forEach(session -> listed(session, now));
      if (pages.turn(page.next())) {
        sweep.lists.again(this::list);
        return;
      }
    } catch (ServiceCallException e) {
      if (sweep.again(e, sweep.lists, this::list)) {
        return;
      }
      notSwept(e);
    }
    looksToCome = candidates.size();
    candidates.forEach(session -> sweep.looks.add(() -> look(session)));
  }

  private void listed(ListedSession session, Instant now) {
    if (notBefore.containsKey(session.sessionId())) {
      return; // A page before showed it.
    }
    IdlePolicy policy = sweep.config.policy();
    sweep.report.listed(session);
    Instant remembered = before.sessions().getOrDefault(session.sessionId(), Instant.MIN);
    Instant earliest = policy.earliest(session, now.minus(CLOCK_SKEW));
    notBefore.put(session.sessionId(), remembered.isAfter(earliest) ? remembered : earliest);
    if (policy.mayBeDue(session, now) && !remembered.isAfter(now)) {
      candidates.add(session);
    }
  }

  private void look(ListedSession listed) {
    Instant now = sweep.clock.instant();
    try {
      sweep
          .sessions
          .get(listed)
          .ifPresentOrElse(
              session -> seen(session, now),
              () ->
                  sweep.report.undecided(
                      listed, new Outcome(Kind.GONE, "ended since it was listed")));
      progress.looked();
    } catch (ServiceCallException e) {
      if (sweep.again(e, sweep.looks, () -> look(listed))) {
        return;
      }
      Outcome outcome = progress.outcome(e);
      sweep.report.undecided(listed, outcome);
      if (outcome.kind() != Kind.LEFT) {
        progress.looked();
      }
    }
    countDown();
  }

  /**
   * Decides on it.
   *
   * @param asked when the question went out: as it is, it was at the earliest then
   */
  private void seen(Session session, Instant asked) {
    IdlePolicy policy = sweep.config.policy();
    Decision decision = policy.decide(session, sweep.clock.instant());
    notBefore.put(
        session.listed().sessionId(),
        // What cannot be read is counted in every sweep, so that the alarm lasts as long as it
        // does.
        decision.verdict() == Verdict.KEEP && decision.unreadable().isEmpty()
            ? policy.earliest(session, asked.minus(CLOCK_SKEW))
            : Instant.MIN);
    if (decision.verdict() == Verdict.TERMINATE) {
      synchronized (this) {
        due.add(new SessionEnd(session, decision, progress, sweep, cap));
      }
    } else {
      sweep.report.decided(session, decision, Outcome.of(session, decision));
    }
  }

  private synchronized void countDown() {
    looksToCome--;
    if (looksToCome == 0) {
      due.sort(Comparator.comparing(SessionEnd::overdue).reversed());
      due.forEach(end -> sweep.ends.add(end::run));
    }
  }

  private void notSwept(ServiceCallException e) {
    complete = false;
    sweep.report.notSwept(progress.application(), progress.outcome(e));
  }

  /** What it found out for the next sweeps. */
  Forecast forecast() {
    Instant next = Instant.MIN;
    if (complete && listedAt != null) {
      // Whatever was not listed did not exist then.
      next = listedAt.minus(CLOCK_SKEW).plus(sweep.config.policy().smallestLimit());
      for (Instant earliest : notBefore.values()) {
        next = earliest.isBefore(next) ? earliest : next;
      }
    }
    return new Forecast(next, notBefore);
  }
}
