package io.sparkgate.function.reaper;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The states of a job run, by the service's own names. */
public enum JobRunState {
  SUBMITTED,
  PENDING,
  SCHEDULED,
  QUEUED,
  RUNNING,
  CANCELLING,
  CANCELLED,
  SUCCESS,
  FAILED,
  /** A state that the service learned after this client was generated. */
  UNKNOWN;

  /** The states in which a job run waits for its turn, or for workers. */
  public static final Set<JobRunState> WAITING =
      Collections.unmodifiableSet(EnumSet.of(SUBMITTED, PENDING, SCHEDULED, QUEUED));

  /** The states in which a job run can be cancelled. */
  public static final Set<JobRunState> LIVE =
      Collections.unmodifiableSet(EnumSet.of(SUBMITTED, PENDING, SCHEDULED, QUEUED, RUNNING));

  /** Whether the job run is over, or will be without anybody's help. */
  public boolean ended() {
    return this == CANCELLING || this == CANCELLED || this == SUCCESS || this == FAILED;
  }
}
