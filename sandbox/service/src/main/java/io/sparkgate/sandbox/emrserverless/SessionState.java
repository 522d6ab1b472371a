package io.sparkgate.sandbox.emrserverless;

import java.util.Map;
import java.util.Optional;

/** The states of a session, and which event leads from one to the next. */
enum SessionState {
  SUBMITTED,
  STARTING,
  STARTED,
  IDLE,
  BUSY,
  FAILED,
  TERMINATING,
  TERMINATED;

  // TERMINATING knows ENDED only: what a driver tells after it was asked to end comes too late.
  private static final Map<SessionState, Map<SessionEvent, SessionState>> NEXT =
      Map.of(
          SUBMITTED, beforeReady(SessionEvent.LAUNCHED, STARTING),
          STARTING, beforeReady(SessionEvent.READY, STARTED),
          STARTED, whileUp(),
          IDLE, whileUp(),
          BUSY, whileUp(),
          TERMINATING, Map.of(SessionEvent.ENDED, TERMINATED),
          TERMINATED, Map.of(),
          FAILED, Map.of());

  /** The state after an event; empty when the event means nothing in this state. */
  Optional<SessionState> after(SessionEvent event) {
    return Optional.ofNullable(NEXT.get(this).get(event));
  }

  /** Whether clients can reach its driver. */
  boolean up() {
    return this == STARTED || this == IDLE || this == BUSY;
  }

  /** Whether nothing will happen to it any more. */
  boolean over() {
    return this == FAILED || this == TERMINATED;
  }

  private static Map<SessionEvent, SessionState> beforeReady(
      SessionEvent progress, SessionState next) {
    return Map.of(progress, next, SessionEvent.TERMINATE, TERMINATING, SessionEvent.ENDED, FAILED);
  }

  private static Map<SessionEvent, SessionState> whileUp() {
    return Map.of(
        SessionEvent.RUNS, BUSY,
        SessionEvent.RESTS, IDLE,
        SessionEvent.TERMINATE, TERMINATING,
        SessionEvent.ENDED, FAILED);
  }
}
