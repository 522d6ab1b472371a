package io.sparkgate.function.reaper;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is to happen to a session, a job run or a cluster, and why.
 *
 * @param rule the name of the rule that came closest to ending it, or {@link #NO_RULE}
 * @param limit that rule's limit for this session; zero without a rule
 * @param overdue by how much the limit is passed; negative while there is time left
 * @param reason one sentence for a human
 * @param unreadable which of the session's tags had no readable value
 */
public record Decision(
    Verdict verdict,
    String rule,
    Duration limit,
    Duration overdue,
    String reason,
    Set<Unreadable> unreadable) {

  /** The rule's name where none applies. */
  public static final String NO_RULE = "none";

  /** Where several rules speak: the heaviest verdict, and of those the most overdue. */
  static final Comparator<Decision> WEIGHT =
      Comparator.comparing(Decision::verdict).thenComparing(Decision::overdue);

  /** Ordered by weight: where several rules speak, the heaviest verdict holds. */
  public enum Verdict {
    KEEP,
    /** Cannot be judged, and is kept for that. */
    UNKNOWN,
    TERMINATE,
    /** Protected by its tag for now. */
    EXEMPT
  }

  /** Of tags that can all be read. */
  public Decision(Verdict verdict, String rule, Duration limit, Duration overdue, String reason) {
    this(verdict, rule, limit, overdue, reason, Set.of());
  }

  /** The verdict of a rule that measured a time against its limit: at the limit is due. */
  public static Decision measured(
      String rule, String what, Duration time, Duration limit, String note) {
    Verdict verdict = time.compareTo(limit) >= 0 ? Verdict.TERMINATE : Verdict.KEEP;
    String reason =
        "%s for %d min, limit %d min%s".formatted(what, time.toMinutes(), limit.toMinutes(), note);
    return new Decision(verdict, rule, limit, time.minus(limit), reason);
  }

  /** Of what no rule is about. */
  public static Decision keep(String reason) {
    return new Decision(Verdict.KEEP, NO_RULE, Duration.ZERO, Duration.ZERO, reason);
  }

  /** The same, but protected. */
  public Decision exempt(String why) {
    return new Decision(
        Verdict.EXEMPT, rule, limit, overdue, why + "; otherwise " + reason, unreadable);
  }

  Decision noting(String note) {
    return new Decision(verdict, rule, limit, overdue, reason + note, unreadable);
  }

  Decision noticing(Unreadable tag) {
    Set<Unreadable> more = EnumSet.of(tag);
    more.addAll(unreadable);
    return new Decision(verdict, rule, limit, overdue, reason, Collections.unmodifiableSet(more));
  }
}
