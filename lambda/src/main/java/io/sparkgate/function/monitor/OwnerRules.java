package io.sparkgate.function.monitor;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.monitor.OwnerLimits.Order;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Decision.Verdict;
import io.sparkgate.function.reaper.KeepTag;
import io.sparkgate.function.reaper.SessionState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which sessions of one owner are too many, and what they spent. What is BUSY or kept is never
 * ended.
 */
record OwnerRules(
    OwnerLimits limits, Prices prices, KeepTag keepTag, String owner, Collection<Known> all) {

  static final String LIMIT = "ownerLimit";
  static final String BUDGET = "ownerBudget";

  /**
   * A session beyond a limit.
   *
   * @param end whether it is one that may end; otherwise it is only told of
   * @param since when it came to that at the latest: the newest session of the owner was created
   * @param fields of the event that tells of it, which a budget has for the owner and not for each
   */
  record Beyond(
      Known known,
      String rule,
      boolean end,
      String reason,
      Instant since,
      Map<String, Object> fields) {}

  /** What was spent in a day. */
  record Spent(BigDecimal dollars, int percent) {}

  /** Those beyond the number that one owner may have. */
  List<Beyond> beyondLimit(Instant now) {
    Integer most = limits.maxSessions();
    List<Known> live = live();
    if (most == null || live.size() <= most) {
      return List.of();
    }
    List<Known> order = new ArrayList<>(live.stream().filter(known -> mayEnd(known, now)).toList());
    order.sort(limits.end() == Order.NEWEST ? NEWEST : LONGEST_IDLE);
    // If all that may end is not enough, the newest of the others are told of.
    order.addAll(live.stream().filter(known -> !mayEnd(known, now)).sorted(NEWEST).toList());
    Instant since =
        live.stream().min(NEWEST).map(known -> known.work().listed().createdAt()).orElse(now);
    String reason = "%s has %d live sessions, limit %d".formatted(owner, live.size(), most);
    Map<String, Object> fields =
        Map.of(
            SessionEvents.LIVE_SESSIONS, live.size(),
            SessionEvents.MAX_SESSIONS, most,
            SessionEvents.DRY_RUN, limits.dryRun());
    return order.subList(0, live.size() - most).stream()
        .map(
            known ->
                new Beyond(
                    known,
                    LIMIT,
                    limits.end() != null && mayEnd(known, now),
                    reason + does(known, now),
                    since,
                    fields))
        .toList();
  }

  /** What the owner's sessions and job runs that ended on this day, and those that live, cost. */
  Spent spent(BigDecimal daily, Instant now) {
    Instant day = now.truncatedTo(ChronoUnit.DAYS);
    BigDecimal dollars =
        all.stream()
            .filter(known -> !known.isOver() || !known.endedAt().isBefore(day))
            .map(known -> prices.of(known.billed()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    int percent =
        dollars
            .multiply(BigDecimal.valueOf(100))
            .divide(daily, 0, RoundingMode.DOWN)
            .min(BigDecimal.valueOf(Integer.MAX_VALUE))
            .intValue();
    return new Spent(dollars.setScale(2, RoundingMode.HALF_UP), percent);
  }

  /**
   * How many live sessions run of which the service says no figures: that it says them before the
   * end is assumed, not seen.
   */
  long unbilled() {
    return live().stream()
        .filter(known -> known.work().startedAt() != null && known.work().billed() == null)
        .count();
  }

  /** All that lives, where the budget is used up. */
  List<Beyond> beyondBudget(String reason, Instant now) {
    return live().stream()
        .sorted(LONGEST_IDLE)
        .map(
            known ->
                new Beyond(
                    known,
                    BUDGET,
                    limits.end() != null && mayEnd(known, now),
                    reason + does(known, now),
                    now,
                    Map.of()))
        .toList();
  }

  private List<Known> live() {
    return all.stream().filter(Known::isLive).toList();
  }

  private boolean mayEnd(Known known, Instant now) {
    return !known.work().in(SessionState.BUSY) && !isKept(keepTag, known.work().tags(), now);
  }

  /** Whether its tag protects it from every rule. */
  static boolean isKept(KeepTag keepTag, Map<String, String> tags, Instant now) {
    Decision due =
        new Decision(Verdict.TERMINATE, LIMIT, Duration.ZERO, Duration.ZERO, "beyond a limit");
    return keepTag.apply(due, tags, now).verdict() == Verdict.EXEMPT;
  }

  private static String does(Known known, Instant now) {
    return known
        .work()
        .session()
        .flatMap(session -> session.idleFor(now))
        .map(Duration::toMinutes)
        .map("; this one is idle for %d min"::formatted)
        .orElseGet(() -> "; this one is " + known.work().state());
  }

  private static final Comparator<Known> NEWEST =
      Comparator.comparing((Known known) -> known.work().listed().createdAt()).reversed();

  /** What is not idle comes last, the newest of it first. */
  private static final Comparator<Known> LONGEST_IDLE =
      Comparator.comparing(OwnerRules::idleSince).thenComparing(NEWEST);

  private static Instant idleSince(Known known) {
    return known
        .work()
        .session()
        .filter(session -> session.state() == SessionState.IDLE)
        .map(
            session ->
                session.idleSince() == null ? session.listed().createdAt() : session.idleSince())
        .orElse(Instant.MAX);
  }
}
