package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.Pages;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.Subjects;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Decision.Verdict;
import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.Seen;
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
 * One application's part of a sweep: its list page by page, then a look at each session, or job
 * run, that the list and the memory cannot rule out, then the ends, the most overdue first.
 */
final class ApplicationSweep<L extends Listed, S extends Seen<L>> {

  /** By how much the service's clock may differ from ours. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

  final Progress progress;

  private final Forecast before;
  private final RoundContext<L, S> round;
  private final Cap<End<L, S>> cap;
  private final SweepContext sweep;
  private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
  private final List<L> candidates = new ArrayList<>();
  private final List<End<L, S>> due = new ArrayList<>();
  private @Nullable Instant listedAt;
  private final Pages pages;
  private boolean complete = true;
  private int looksToCome;

  /**
   * One that has not begun yet.
   *
   * @param before what the sweeps before found out
   */
  ApplicationSweep(
      String application, Forecast before, RoundContext<L, S> round, Cap<End<L, S>> cap) {
    this.progress = new Progress(application);
    this.before = before;
    this.round = round;
    this.cap = cap;
    this.sweep = round.sweep;
    this.pages = new Pages(round.subjects.list());
  }

  /** Reads one page, and then the next. */
  void list() {
    Instant now = sweep.clock.instant();
    listedAt = listedAt == null ? now : listedAt;
    try {
      Subjects.Page<L> page = round.subjects.page(progress.application(), pages.token());
      page.unreadable().forEach(this::notSwept);
      page.items().forEach(one -> listed(one, now));
      if (pages.turn(page.next())) {
        round.lists.again(this::list);
        return;
      }
    } catch (ServiceCallException e) {
      if (sweep.again(e, round.lists, this::list)) {
        return;
      }
      notSwept(e);
    }
    looksToCome = candidates.size();
    candidates.forEach(one -> round.looks.add(() -> look(one)));
  }

  private void listed(L one, Instant now) {
    if (notBefore.containsKey(one.id())) {
      return; // A page before showed it.
    }
    sweep.report.listed(one);
    Instant remembered = before.subjects().getOrDefault(one.id(), Instant.MIN);
    Instant earliest = round.policy.earliest(one, now.minus(CLOCK_SKEW));
    notBefore.put(one.id(), remembered.isAfter(earliest) ? remembered : earliest);
    if (round.policy.mayBeDue(one, now) && !remembered.isAfter(now)) {
      candidates.add(one);
    }
  }

  private void look(L listed) {
    Instant now = sweep.clock.instant();
    try {
      round
          .subjects
          .get(listed)
          .ifPresentOrElse(
              one -> seen(one, now),
              () ->
                  sweep.report.undecided(
                      listed, new Outcome(Kind.GONE, "ended since it was listed")));
      progress.looked();
    } catch (ServiceCallException e) {
      if (sweep.again(e, round.looks, () -> look(listed))) {
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
  private void seen(S one, Instant asked) {
    Decision decision = round.policy.decide(one, sweep.clock.instant());
    notBefore.put(
        one.listed().id(),
        // What cannot be read is counted in every sweep, so that the alarm lasts as long as it
        // does.
        decision.verdict() == Verdict.KEEP && decision.unreadable().isEmpty()
            ? round.policy.earliest(one, asked.minus(CLOCK_SKEW))
            : Instant.MIN);
    if (decision.verdict() == Verdict.TERMINATE) {
      synchronized (this) {
        due.add(new End<>(one, decision, progress, round, cap));
      }
    } else {
      sweep.report.decided(one, decision, Outcome.of(one, decision));
    }
  }

  private synchronized void countDown() {
    looksToCome--;
    if (looksToCome == 0) {
      due.sort(Comparator.comparing((End<L, S> end) -> end.overdue()).reversed());
      due.forEach(end -> round.ends.add(end::run));
    }
  }

  private void notSwept(ServiceCallException e) {
    complete = false;
    sweep.report.notSwept(round.subject, progress.application(), progress.outcome(e));
  }

  /** What it found out for the next sweeps. */
  Forecast forecast() {
    Instant next = Instant.MIN;
    if (complete && listedAt != null) {
      // Whatever was not listed did not exist then.
      next = listedAt.minus(CLOCK_SKEW).plus(round.policy.smallestLimit());
      for (Instant earliest : notBefore.values()) {
        next = earliest.isBefore(next) ? earliest : next;
      }
    }
    return new Forecast(next, notBefore);
  }
}
