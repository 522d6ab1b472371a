package io.sparkgate.function.monitor;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.aws.EventBus;
import io.sparkgate.function.monitor.OwnerRules.Beyond;
import io.sparkgate.function.monitor.OwnerRules.Spent;
import io.sparkgate.function.reaper.Owner;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds each owner to the limits, over all applications. */
final class OwnerPass {

  private static final Prices NO_PRICES =
      new Prices(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, "");

  private final PassContext pass;
  private final Events events;
  private final OwnerLimits limits;
  private final OwnerEnds ends;

  OwnerPass(PassContext pass, Events events, OwnerLimits limits, OwnerEnds ends) {
    this.pass = pass;
    this.events = events;
    this.limits = limits;
    this.ends = ends;
  }

  /**
   * Over what is known.
   *
   * @param everything of the applications that were read to the end, and of no other
   */
  void run(List<Known> everything) {
    Map<String, List<Known>> owners = new TreeMap<>();
    for (Known known : everything) {
      owners.computeIfAbsent(Owner.of(known.work().seen()), owner -> new ArrayList<>()).add(known);
    }
    owners.forEach(
        (owner, all) -> {
          Prices prices = pass.config().prices();
          OwnerRules rules =
              new OwnerRules(
                  limits, prices == null ? NO_PRICES : prices, pass.config().keepTag(), owner, all);
          Set<Known> taken = new HashSet<>();
          for (Beyond beyond : rules.beyondLimit(pass.now())) {
            taken.add(beyond.known());
            ends.add(beyond);
          }
          calledOff(OwnerRules.LIMIT, all, taken);
          BigDecimal daily = limits.dailyDollars();
          if (daily != null) {
            budget(rules, daily, taken);
          }
        });
  }

  /** What was to end and need not is warned of anew when it has to. */
  private static void calledOff(String rule, Collection<Known> all, Set<Known> beyond) {
    for (Known known : all) {
      if (!beyond.contains(known)) {
        known.story().announced.remove(rule);
      }
    }
  }

  private void budget(OwnerRules rules, BigDecimal daily, Set<Known> taken) {
    Spent spent = rules.spent(daily, pass.now());
    boolean up = spent.percent() >= 100;
    if (!up) {
      calledOff(OwnerRules.BUDGET, rules.all(), Set.of());
    }
    if (spent.percent() < limits.warnPercent()) {
      return;
    }
    String reason =
        "%s spent %s dollars today, %d %% of %s"
                .formatted(rules.owner(), spent.dollars(), spent.percent(), daily)
            + unbilled(rules);
    if (limits.warnPercent() < 100) {
      tell(SessionEvents.OWNER_BUDGET_WARNING, "budgetWarning", rules, spent, daily, reason);
    }
    if (!up) {
      return;
    }
    tell(SessionEvents.OWNER_LIMIT_REACHED, OwnerRules.BUDGET, rules, spent, daily, reason);
    for (Beyond beyond : rules.beyondBudget(reason, pass.now())) {
      if (!taken.contains(beyond.known())) {
        ends.add(beyond);
      }
    }
  }

  /** What a budget does not see. */
  private static String unbilled(OwnerRules rules) {
    long sessions = rules.unbilled();
    return sessions == 0
        ? ""
        : ", without what %d live sessions use, of which the service says nothing yet"
            .formatted(sessions);
  }

  /** Once a day by each process: it may be the first that finds the budget so. */
  private void tell(
      String type, String kind, OwnerRules rules, Spent spent, BigDecimal daily, String reason) {
    Instant now = pass.clock().instant();
    LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put(SessionEvents.EVENT_ID, "%s:%s:%s".formatted(rules.owner(), kind, day));
    detail.put(SessionEvents.OWNER, rules.owner());
    detail.put(SessionEvents.TIME, now.toString());
    detail.put(SessionEvents.RULE, OwnerRules.BUDGET);
    detail.put(SessionEvents.REASON, reason);
    detail.put(SessionEvents.DOLLARS, spent.dollars());
    detail.put(SessionEvents.DAILY_DOLLARS, daily);
    detail.put(SessionEvents.PERCENT, spent.percent());
    detail.put(SessionEvents.DRY_RUN, limits.dryRun());
    if (events.add(new EventBus.Event(type, now, detail), pass.memory().told())) {
      pass.report()
          .decidedOfOwner(
              rules.owner(),
              OwnerRules.BUDGET,
              spent.percent() < 100 ? "warned" : "reached",
              reason);
    }
  }
}
