package io.sparkgate.function.reaper;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the list tells about a session. It has neither {@code idleSince} nor tags, so it can rule a
 * session out but never condemn it: only a {@link Session} can be decided on.
 *
 * @param name as its owner chose it, if they did
 * @param createdBy the ARN of the principal that started it
 * @param executionRole the ARN of the role its code runs as
 */
public record ListedSession(
    String applicationId,
    String sessionId,
    @Nullable String name,
    String createdBy,
    String executionRole,
    SessionState state,
    Instant createdAt) {

  /**
   * Refuses what nothing can be decided on, so that it fails where the service's answer is read.
   */
  public ListedSession {
    Objects.requireNonNull(sessionId, "sessionId is missing");
    Objects.requireNonNull(state, "state is missing");
    Objects.requireNonNull(createdAt, "createdAt is missing");
  }

  /** Time since creation, never negative: clocks differ. */
  public Duration age(Instant now) {
    return between(createdAt, now);
  }

  /** From then until now; a moment in the future counts as this one. */
  public static Duration between(Instant then, Instant now) {
    return then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
  }
}
