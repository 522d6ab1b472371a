package io.sparkgate.function.reaper;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which sessions have to go. Knows neither the service nor a clock: the same session at the same
 * moment gets the same decision.
 *
 * @param rules at least one
 */
public record IdlePolicy(KeepTag keepTag, List<Rule> rules)
    implements Policy<ListedSession, Session> {

  public IdlePolicy {
    rules = List.copyOf(rules);
  }

  @Override
  public Decision decide(Session session, Instant now) {
    SessionState state = session.state();
    if (!SessionState.LIVE.contains(state)) {
      return Decision.keep("a session in state " + state + " is never touched");
    }
    List<Decision> decisions =
        rules.stream()
            .filter(rule -> rule.states().contains(state))
            .map(rule -> rule.check(session, now))
            .flatMap(Optional::stream)
            .toList();
    Decision heaviest =
        decisions.stream()
            .max(Decision.WEIGHT)
            .orElseGet(() -> Decision.keep("no rule applies in state " + state));
    for (Decision decision : decisions) {
      for (Unreadable tag : decision.unreadable()) {
        heaviest = heaviest.noticing(tag);
      }
    }
    return keepTag.apply(heaviest, session.tags(), now);
  }

  @Override
  public Duration smallestLimit() {
    return rules.stream().map(Rule::smallestLimit).min(Comparator.naturalOrder()).orElseThrow();
  }

  /** Nothing has lasted longer than the session has existed. */
  @Override
  public boolean mayBeDue(ListedSession session, Instant now) {
    return rules.stream()
        .filter(rule -> rule.states().contains(session.state()))
        .anyMatch(rule -> session.age(now).compareTo(rule.smallestLimit()) >= 0);
  }

  @Override
  public Instant earliest(ListedSession session, Instant seen) {
    return earliest(rule -> rule.earliest(session, seen));
  }

  @Override
  public Instant earliest(Session session, Instant seen) {
    return SessionState.LIVE.contains(session.state())
        ? earliest(rule -> rule.earliest(session, seen))
        : Instant.MIN;
  }

  private Instant earliest(Function<Rule, Instant> rule) {
    return rules.stream().map(rule).min(Comparator.naturalOrder()).orElseThrow();
  }
}
