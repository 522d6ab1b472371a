package io.sparkgate.function.reaper;

import io.sparkgate.function.reaper.Decision.Verdict;
import io.sparkgate.function.reaper.Outcome.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One pass over the applications: list, look, decide, look again, terminate. What happens to one
 * session or application does not touch the others; once the budget is used up, every call that is
 * still to come fails at once and what it was for is reported as left.
 */
final class Sweep {

  private final ReaperConfig config;
  private final EmrServerlessSessions service;
  private final Budget budget;
  private final Clock clock;
  private final Report report;

  Sweep(
      ReaperConfig config,
      EmrServerlessSessions service,
      Budget budget,
      Clock clock,
      Report report) {
    this.config = config;
    this.service = service;
    this.budget = budget;
    this.clock = clock;
    this.report = report;
  }

  void run() {
    config.applications().forEach(this::sweep);
  }

  private record Due(Session session, Decision decision) {}

  private void sweep(String application) {
    List<Due> due = new ArrayList<>();
    for (ListedSession candidate : candidates(application)) {
      look(candidate).ifPresent(due::add);
    }
    due.sort(Comparator.comparing((Due each) -> each.decision().overdue()).reversed());
    due.forEach(this::end);
  }

  /** The sessions that the list does not rule out; as far as the list could be read. */
  private List<ListedSession> candidates(String application) {
    IdlePolicy policy = config.policy();
    Instant now = clock.instant();
    List<ListedSession> candidates = new ArrayList<>();
    try {
      service.list(
          application,
          policy.states(),
          now.minus(policy.smallestLimit()),
          budget,
          session -> {
            report.listed(session);
            if (policy.mayBeDue(session, now)) {
              candidates.add(session);
            }
          },
          unreadable -> report.notSwept(application, Outcome.of(unreadable)));
    } catch (CallFailed e) {
      report.notSwept(application, Outcome.of(e));
    }
    return candidates;
  }

  private Optional<Due> look(ListedSession listed) {
    try {
      Optional<Session> found = service.get(listed, budget);
      if (found.isEmpty()) {
        report.undecided(listed, new Outcome(Kind.GONE, "ended since it was listed"));
        return Optional.empty();
      }
      Session session = found.get();
      Decision decision = decide(session);
      if (decision.verdict() == Verdict.TERMINATE) {
        return Optional.of(new Due(session, decision));
      }
      report.decided(session, decision, Outcome.of(session, decision));
    } catch (CallFailed e) {
      report.undecided(listed, Outcome.of(e));
    }
    return Optional.empty();
  }

  private void end(Due due) {
    if (report.tally().ended() >= config.maxTerminations()) {
      String cap = "the cap of %d terminations per sweep is reached; it is due: %s";
      String reason = cap.formatted(config.maxTerminations(), due.decision().reason());
      report.decided(due.session(), due.decision(), new Outcome(Kind.LEFT, reason));
      return;
    }
    try {
      // Time has passed since the decision, and the service terminates a busy session too.
      Optional<Session> again = service.get(due.session().listed(), budget);
      if (again.isEmpty()) {
        report.decided(due.session(), due.decision(), gone());
        return;
      }
      Session session = again.get();
      Decision decision = decide(session);
      Outcome outcome =
          decision.verdict() == Verdict.TERMINATE
              ? terminate(session, decision)
              : Outcome.of(session, decision).after("was due, but is no more: ");
      report.decided(session, decision, outcome);
    } catch (CallFailed e) {
      report.decided(due.session(), due.decision(), Outcome.of(e));
    }
  }

  private Outcome terminate(Session session, Decision decision) throws CallFailed {
    if (config.dryRun()) {
      return new Outcome(Kind.WOULD_TERMINATE, decision.reason());
    }
    return service.terminate(session.listed(), budget)
        ? new Outcome(Kind.TERMINATED, decision.reason())
        : gone();
  }

  private static Outcome gone() {
    return new Outcome(Kind.GONE, "ended by itself before it was terminated");
  }

  private Decision decide(Session session) {
    return config.policy().decide(session, clock.instant());
  }
}
