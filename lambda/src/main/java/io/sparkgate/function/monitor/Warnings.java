package io.sparkgate.function.monitor;

import io.sparkgate.border.SessionEvents;
import io.sparkgate.function.reaper.Decision;
import io.sparkgate.function.reaper.Decision.Verdict;
import io.sparkgate.function.reaper.IdlePolicy;
import io.sparkgate.function.reaper.Session;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Foretells the reaper, by its own policy at a later moment.
 *
 * @param warn how long before the end
 */
record Warnings(IdlePolicy policy, Duration warn) {

  /** What the command asks for, beyond the end. */
  private static final Duration MORE = Duration.ofHours(2);

  /**
   * An end to come.
   *
   * @param endsAt to the second; the reaper comes at its next sweep
   */
  record Warning(Session session, Decision decision, Instant endsAt) {

    /** One for each end: an idle spell has one, unless somebody puts it off. */
    String eventId() {
      return "%s:%sWarning:%s".formatted(session.listed().id(), decision.rule(), endsAt);
    }

    /**
     * What its event says.
     *
     * @param prefix of the parameters by which the command finds the session, which it takes in
     *     place of an environment's name; null for none
     */
    Map<String, Object> fields(@Nullable String prefix) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put(SessionEvents.RULE, decision.rule());
      fields.put(SessionEvents.REASON, decision.reason());
      fields.put(SessionEvents.ENDS_AT, endsAt.toString());
      fields.put(
          SessionEvents.KEEP_COMMAND,
          "sparkgate keep %s%s --until %s"
              .formatted(
                  session.listed().id(),
                  prefix == null ? "" : " --env " + prefix,
                  endsAt.plus(MORE).truncatedTo(ChronoUnit.MINUTES)));
      return fields;
    }
  }

  /** The end that is to be warned of now, if there is one: that of what is not due yet. */
  Optional<Warning> of(Session session, Instant now) {
    Decision then = policy.decide(session, now.plus(warn));
    if (then.verdict() != Verdict.TERMINATE || isDue(session, now)) {
      return Optional.empty();
    }
    long before = now.getEpochSecond();
    long after = now.plus(warn).getEpochSecond() + 1;
    while (after - before > 1) {
      long middle = (before + after) / 2;
      if (isDue(session, Instant.ofEpochSecond(middle))) {
        after = middle;
      } else {
        before = middle;
      }
    }
    Instant endsAt = Instant.ofEpochSecond(after);
    return Optional.of(new Warning(session, policy.decide(session, endsAt), endsAt));
  }

  private boolean isDue(Session session, Instant at) {
    return policy.decide(session, at).verdict() == Verdict.TERMINATE;
  }
}
