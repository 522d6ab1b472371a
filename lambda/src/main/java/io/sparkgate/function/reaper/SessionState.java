package io.sparkgate.function.reaper;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The states of a session, by the service's own names. */
public enum SessionState {
  SUBMITTED,
  STARTING,
  STARTED,
  IDLE,
  BUSY,
  TERMINATING,
  TERMINATED,
  FAILED,
  /** A state that the service learned after this client was generated. */
  UNKNOWN;

  /** The states in which a session costs money and can be ended. */
  public static final Set<SessionState> LIVE =
      Collections.unmodifiableSet(EnumSet.of(SUBMITTED, STARTING, STARTED, IDLE, BUSY));

  /** Whether the session is over, or will be without anybody's help. */
  public boolean ended() {
    return this == TERMINATING || this == TERMINATED || this == FAILED;
  }
}
