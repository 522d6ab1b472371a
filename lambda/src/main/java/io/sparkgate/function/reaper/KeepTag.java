package io.sparkgate.function.reaper;

import io.sparkgate.function.reaper.Decision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Exempts a session, a job run or a cluster from every rule until the moment that the tag names. A
 * value that cannot be read was still meant to protect: it does for a while, in which somebody can
 * be told. To do so for ever would keep what nobody wants.
 *
 * @param key the tag whose value is a {@link KeepTime}
 */
public record KeepTag(String key) {

  /**
   * For how long a value that cannot be read protects, from when it was due: that can be told from
   * what is looked at alone, whatever the function remembers.
   */
  public static final Duration GRACE = Duration.ofHours(4);

  /** The decision with the tag, if there is one. */
  public Decision apply(Decision decision, Map<String, String> tags, Instant now) {
    String value = tags.get(key);
    if (value == null) {
      return decision;
    }
    Optional<Instant> until = KeepTime.parse(value);
    if (until.isEmpty()) {
      return unreadable(decision.noticing(Unreadable.KEEP_UNTIL), value, now);
    }
    if (until.get().isAfter(now)) {
      return decision.exempt("protected until %s by tag %s".formatted(until.get(), key));
    }
    return decision.noting(
        "; tag %s no longer protects: it expired %s".formatted(key, until.get()));
  }

  private Decision unreadable(Decision decision, String value, Instant now) {
    String what =
        "tag %s is no time that can be read: \"%s\"; write one like 2026-12-31T18:00:00Z"
            .formatted(key, value);
    if (decision.verdict() != Verdict.TERMINATE) {
      return decision.noting("; " + what);
    }
    Instant until = now.minus(decision.overdue()).plus(GRACE);
    long hours = GRACE.toHours();
    if (until.isAfter(now)) {
      String protection = "protected until %s, %d h after it was due: %s";
      return decision.exempt(
          protection.formatted(until.truncatedTo(ChronoUnit.SECONDS), hours, what));
    }
    String note = "; protected for %d h after it was due, and no longer: %s";
    return decision.noting(note.formatted(hours, what));
  }
}
