package io.sparkgate.function.aws;

import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.Seen;
import io.sparkgate.function.reaper.Session;
import io.sparkgate.function.reaper.SessionState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session or a job run with all that the service says of it, over or not.
 *
 * @param seen what can be decided on
 * @param startedAt when it began to run, if it did
 * @param endedAt when it ended, if it did
 * @param updatedAt when the service last changed it, if it says so
 * @param stateDetails why it is in its state, in the service's words
 * @param billed so far; null while the service does not say
 */
public record Work(
    Seen<?> seen,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Instant updatedAt,
    @Nullable String stateDetails,
    @Nullable Billed billed) {

  private static final Set<String> OVER = Set.of("TERMINATED", "FAILED", "SUCCESS", "CANCELLED");

  public Listed listed() {
    return seen.listed();
  }

  public String id() {
    return listed().id();
  }

  public String state() {
    return listed().state().name();
  }

  public Map<String, String> tags() {
    return seen.tags();
  }

  /** The session; empty for a job run. */
  public Optional<Session> session() {
    return seen instanceof Session session ? Optional.of(session) : Optional.empty();
  }

  /** Whether it is a session that lives, in this state. */
  public boolean in(SessionState state) {
    return listed().state() == state;
  }

  /** Whether it is a session that lives. */
  public boolean isLiveSession() {
    return listed().state() instanceof SessionState state && SessionState.LIVE.contains(state);
  }

  /** Whether nothing becomes of it any more, as far as a list tells. */
  public static boolean isOver(Listed one) {
    return OVER.contains(one.state().name());
  }

  /** Whether nothing becomes of it any more. */
  public boolean isOver() {
    return isOver(listed());
  }
}
