package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Decision.Verdict;
import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.Seen;
import io.sparkgate.function.reaper.sweep.Outcome.Kind;
import java.time.Duration;

/**
 * The end of a session or a job run that is due, if it still is: time has passed since the
 * decision, and the service ends what works too. So each has a look of its own right before it, and
 * where the service does not take either of the two calls, both are made again.
 */
final class End<L extends Listed, S extends Seen<L>> {

  private final S one;
  private final Decision decision;
  private final Progress progress;
  private final RoundContext<L, S> round;
  private final Cap<End<L, S>> cap;
  private boolean admitted;

  End(S one, Decision decision, Progress progress, RoundContext<L, S> round, Cap<End<L, S>> cap) {
    this.one = one;
    this.decision = decision;
    this.progress = progress;
    this.round = round;
    this.cap = cap;
  }

  Duration overdue() {
    return decision.overdue();
  }

  void run() {
    admitted = admitted || cap.admits(this);
    if (!admitted) {
      return;
    }
    boolean ended = false;
    try {
      ended = lookAgainAndEnd();
    } catch (ServiceCallException e) {
      if (round.sweep.again(e, round.ends, this::run)) {
        return;
      }
      round.sweep.report.decided(one, decision, progress.outcome(e));
    }
    if (ended) {
      progress.ended();
    } else {
      cap.giveBack().ifPresent(next -> round.ends.add(next::run));
    }
  }

  private boolean lookAgainAndEnd() throws ServiceCallException {
    S now = round.subjects.get(one.listed()).orElse(null);
    if (now == null) {
      round.sweep.report.decided(one, decision, gone());
      return false;
    }
    Decision again = round.policy.decide(now, round.sweep.clock.instant());
    Outcome outcome =
        again.verdict() == Verdict.TERMINATE
            ? end(now, again)
            : Outcome.of(now, again).after("was due, but is no more: ");
    round.sweep.report.decided(now, again, outcome);
    return outcome.kind() == Kind.ended(round.subject)
        || outcome.kind() == Kind.wouldBeEnded(round.subject);
  }

  private Outcome end(S due, Decision why) throws ServiceCallException {
    if (round.limits.dryRun()) {
      return new Outcome(Kind.wouldBeEnded(round.subject), why.reason());
    }
    return round.subjects.end(due.listed())
        ? new Outcome(Kind.ended(round.subject), why.reason())
        : gone();
  }

  private Outcome gone() {
    return new Outcome(
        Kind.GONE, "ended by itself before it was %s".formatted(round.subject.ended()));
  }

  /** The sweep is over, and the cap kept this one back. */
  void left() {
    String reached = "the cap of %d %s per sweep is reached; it is due: %s";
    String reason = reached.formatted(round.limits.most(), round.subject.ends(), decision.reason());
    round.sweep.report.decided(one, decision, progress.left(reason));
  }
}
