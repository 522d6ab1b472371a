package io.sparkgate.sandbox.emrserverless;

/** The states of a job run. */
enum JobRunState {
  SUBMITTED,
  PENDING,
  SCHEDULED,
  RUNNING,
  SUCCESS,
  FAILED,
  CANCELLING,
  CANCELLED,
  QUEUED;

  /** Whether nothing will happen to it any more. */
  boolean over() {
    return this == SUCCESS || this == FAILED || this == CANCELLED;
  }
}
