package io.sparkgate.function.reaper;

/** What kind of work a job run is, by the service's own names. */
public enum JobRunMode {
  BATCH,
  STREAMING,
  /** A mode that the service learned after this client was generated. */
  UNKNOWN
}
