package io.sparkgate.function.reaper;

import io.sparkgate.function.reaper.Decision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reason to end a session: a time in certain states, and a limit to it. */
sealed interface Rule {

  /** The states it applies to. */
  Set<SessionState> states();

  /** The least age at which any session can be due under this rule. */
  Duration smallestLimit();

  /** Its word on a session in one of its states; empty when it has none. */
  Optional<Decision> check(Session session, Instant now);

  /**
   * Idle for too long.
   *
   * @param tag by which a session asks for another limit, if it may
   */
  record Idle(Duration limit, @Nullable IdleTag tag) implements Rule {
    static final String NAME = "idle";

    @Override
    public Set<SessionState> states() {
      return Set.of(SessionState.IDLE);
    }

    @Override
    public Duration smallestLimit() {
      return tag == null || limit.compareTo(tag.min()) < 0 ? limit : tag.min();
    }

    @Override
    public Optional<Decision> check(Session session, Instant now) {
      IdleTag.Limit own =
          tag == null ? new IdleTag.Limit(limit, "") : tag.limit(session.tags(), limit);
      return session
          .idleFor(now)
          .map(idle -> Decision.measured(NAME, "idle", idle, own.value(), own.note()))
          .or(() -> Optional.of(unknown(session, own.value())));
    }

    private static Decision unknown(Session session, Duration limit) {
      String reason =
          session.hasStaleStamp()
              ? "idle, but since when is unknown: idleSince is from before the session started"
              : "idle, but since when is unknown: the service gives no idleSince";
      return new Decision(Verdict.UNKNOWN, NAME, limit, Duration.ZERO, reason);
    }
  }

  /** Older than any session may become, whatever it does. */
  record MaxAge(Duration limit) implements Rule {
    @Override
    public Set<SessionState> states() {
      return SessionState.LIVE;
    }

    @Override
    public Duration smallestLimit() {
      return limit;
    }

    @Override
    public Optional<Decision> check(Session session, Instant now) {
      return Optional.of(
          Decision.measured("maxAge", "alive", session.listed().age(now), limit, ""));
    }
  }

  /** Stuck on its way up. */
  record Starting(Duration limit) implements Rule {
    @Override
    public Set<SessionState> states() {
      return Set.of(SessionState.SUBMITTED, SessionState.STARTING);
    }

    @Override
    public Duration smallestLimit() {
      return limit;
    }

    @Override
    public Optional<Decision> check(Session session, Instant now) {
      return Optional.of(
          Decision.measured("starting", "starting", session.listed().age(now), limit, ""));
    }
  }

  /** Started, and never used since: such a session never turns idle. */
  record Unused(Duration limit) implements Rule {
    @Override
    public Set<SessionState> states() {
      return Set.of(SessionState.STARTED);
    }

    @Override
    public Duration smallestLimit() {
      return limit;
    }

    @Override
    public Optional<Decision> check(Session session, Instant now) {
      if (session.idleSince() != null) {
        return Optional.empty();
      }
      Instant since = Objects.requireNonNullElse(session.startedAt(), session.listed().createdAt());
      Duration unused = Session.between(since, now);
      return Optional.of(Decision.measured("unused", "started and unused", unused, limit, ""));
    }
  }
}
