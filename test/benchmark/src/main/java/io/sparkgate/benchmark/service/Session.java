package io.sparkgate.benchmark.service;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session as it is now.
 *
 * @param due whether it is past the limit at the start
 */
record Session(
    String application,
    String id,
    boolean due,
    State state,
    Instant createdAt,
    @Nullable Instant idleSince,
    @Nullable Instant endedAt) {

  /** By the service's own names. */
  enum State {
    SUBMITTED,
    STARTING,
    STARTED,
    IDLE,
    BUSY,
    FAILED,
    TERMINATING,
    TERMINATED
  }

  boolean isTerminated() {
    return state == State.TERMINATED;
  }

  Session terminated(Instant now) {
    return new Session(application, id, due, State.TERMINATED, createdAt, idleSince, now);
  }
}
