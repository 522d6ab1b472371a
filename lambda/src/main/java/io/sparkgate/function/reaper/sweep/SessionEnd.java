package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Decision.Verdict;
import io.sparkgate.function.reaper.Session;
import io.sparkgate.function.reaper.sweep.Outcome.Kind;
import java.time.Duration;

/**
 * The end of a session that is due, if it still is: time has passed since the decision, and the
 * service terminates a busy session too. So each termination has a look of its own right before it,
 * and where the service does not take either of the two calls, both are made again.
 */
final class SessionEnd {

  private final Session session;
  private final Decision decision;
  private final Progress progress;
  private final SweepContext sweep;
  private final Cap<SessionEnd> cap;
  private boolean admitted;

  SessionEnd(
      Session session,
      Decision decision,
      Progress progress,
      SweepContext sweep,
      Cap<SessionEnd> cap) {
    this.session = session;
    this.decision = decision;
    this.progress = progress;
    this.sweep = sweep;
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
      if (sweep.again(e, sweep.ends, this::run)) {
        return;
      }
      sweep.report.decided(session, decision, progress.outcome(e));
    }
    if (ended) {
      progress.ended();
    } else {
      cap.giveBack().ifPresent(next -> sweep.ends.add(next::run));
    }
  }

  private boolean lookAgainAndEnd() throws ServiceCallException {
    Session now = sweep.sessions.get(session.listed()).orElse(null);
    if (now == null) {
      sweep.report.decided(session, decision, gone());
      return false;
    }
    Decision again = sweep.config.policy().decide(now, sweep.clock.instant());
    Outcome outcome =
        again.verdict() == Verdict.TERMINATE
            ? terminate(now, again)
            : Outcome.of(now, again).after("was due, but is no more: ");
    sweep.report.decided(now, again, outcome);
    return outcome.kind() == Kind.TERMINATED || outcome.kind() == Kind.WOULD_TERMINATE;
  }

  private Outcome terminate(Session session, Decision decision) throws ServiceCallException {
    if (sweep.config.dryRun()) {
      return new Outcome(Kind.WOULD_TERMINATE, decision.reason());
    }
    return sweep.sessions.terminate(session.listed())
        ? new Outcome(Kind.TERMINATED, decision.reason())
        : gone();
  }

  private static Outcome gone() {
    return new Outcome(Kind.GONE, "ended by itself before it was terminated");
  }

  /** The sweep is over, and the cap kept this one back. */
  void left() {
    String reached = "the cap of %d terminations per sweep is reached; it is due: %s";
    String reason = reached.formatted(sweep.config.maxTerminations(), decision.reason());
    sweep.report.decided(session, decision, progress.left(reason));
  }
}
