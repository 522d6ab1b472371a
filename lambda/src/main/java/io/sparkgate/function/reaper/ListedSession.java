package io.sparkgate.function.reaper;

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
    Instant createdAt)
    implements Listed {

  /**
   * Refuses what nothing can be decided on, so that it fails where the service's answer is read.
   */
  public ListedSession {
    Objects.requireNonNull(sessionId, "sessionId is missing");
    Objects.requireNonNull(state, "state is missing");
    Objects.requireNonNull(createdAt, "createdAt is missing");
  }

  @Override
  public Subject subject() {
    return Subject.SESSION;
  }

  @Override
  public String id() {
    return sessionId;
  }

  @Override
  public boolean idle() {
    return state == SessionState.IDLE;
  }
}
