package io.sparkgate.sandbox.emrserverless;

/** What may happen to a session. */
enum SessionEvent {
  /** Its driver was asked for. */
  LAUNCHED,
  /** Its driver takes calls. */
  READY,
  /** An operation runs. */
  RUNS,
  /** No operation runs any more. */
  RESTS,
  /** Somebody or a timer wants its end. */
  TERMINATE,
  /** Its driver is gone, or never came. */
  ENDED
}
