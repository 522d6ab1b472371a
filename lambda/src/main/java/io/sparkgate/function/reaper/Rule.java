package io.sparkgate.function.reaper;

import io.sparkgate.function.reaper.Decision.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One reason to end a session: a time in certain states, and a limit to it. */
public sealed interface Rule {

  /** The states it applies to. */
  Set<SessionState> states();

  /** The least age at which any session can be due under this rule. */
  Duration smallestLimit();

  /** Its word on a session in one of its states; empty when it has none. */
  Optional<Decision> check(Session session, Instant now);

  /**
   * Before which moment a session that the list showed so cannot be due under this rule, whatever
   * becomes of it and of its tags.
   */
  Instant earliest(ListedSession session, Instant seen);

  /** The same of a session that was looked at, which tells more. */
  default Instant earliest(Session session, Instant seen) {
    return earliest(session.listed(), seen);
  }

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
      IdleTag.Limit own = tag == null ? IdleTag.Limit.of(limit) : tag.limit(session.tags(), limit);
      Decision decision =
          session
              .idleFor(now)
              .map(idle -> Decision.measured(NAME, "idle", idle, own.value(), own.note()))
              .orElseGet(() -> unknown(session, own.value()));
      return Optional.of(own.readable() ? decision : decision.noticing(Unreadable.IDLE_MINUTES));
    }

    /** A session that is not idle now has been idle since a later moment when it is. */
    @Override
    public Instant earliest(ListedSession session, Instant seen) {
      Instant since = session.state() == SessionState.IDLE ? session.createdAt() : seen;
      return since.plus(smallestLimit());
    }

    /** Becoming busy and idle again only moves {@code idleSince} on. */
    @Override
    public Instant earliest(Session session, Instant seen) {
      if (session.state() != SessionState.IDLE) {
        return seen.plus(smallestLimit());
      }
      Instant since = session.idleSince();
      return since == null || session.hasStaleStamp() ? Instant.MIN : since.plus(smallestLimit());
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

    @Override
    public Instant earliest(ListedSession session, Instant seen) {
      return session.createdAt().plus(limit);
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

    /** A session that is up does not start again. */
    @Override
    public Instant earliest(ListedSession session, Instant seen) {
      return states().contains(session.state()) ? session.createdAt().plus(limit) : Instant.MAX;
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
      Duration unused = Listed.between(since(session), now);
      return Optional.of(Decision.measured("unused", "started and unused", unused, limit, ""));
    }

    private static Instant since(Session session) {
      return Objects.requireNonNullElse(session.startedAt(), session.listed().createdAt());
    }

    /** A session that has been idle was used. */
    @Override
    public Instant earliest(ListedSession session, Instant seen) {
      return session.state() == SessionState.IDLE ? Instant.MAX : session.createdAt().plus(limit);
    }

    @Override
    public Instant earliest(Session session, Instant seen) {
      return session.state() == SessionState.STARTED && session.idleSince() == null
          ? since(session).plus(limit)
          : earliest(session.listed(), seen);
    }
  }
}
