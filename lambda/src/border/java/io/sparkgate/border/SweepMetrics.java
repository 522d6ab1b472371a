package io.sparkgate.border;

/** The metrics that the reaper writes at the end of each sweep. */
public final class SweepMetrics {

  public static final String NAMESPACE = "Sparkgate";

  /** Its value is the name of the function. */
  public static final String DIMENSION = "Reaper";

  public static final String SCANNED = "Scanned";
  public static final String IDLE = "Idle";
  public static final String TERMINATED = "Terminated";
  public static final String WOULD_TERMINATE = "WouldTerminate";
  public static final String EXEMPT = "Exempt";
  public static final String UNKNOWN = "Unknown";
  public static final String UNREADABLE_KEEP_UNTIL = "UnreadableKeepUntil";
  public static final String UNREADABLE_IDLE_MINUTES = "UnreadableIdleMinutes";
  public static final String FAILED = "Failed";
  public static final String LEFT = "Left";
  public static final String OLDEST_IDLE_SECONDS = "OldestIdleSeconds";
  public static final String SWEEP_DURATION = "SweepDuration";

  /** Of job runs, and only where a policy is about them. */
  public static final String JOB_RUNS_SCANNED = "JobRunsScanned";

  public static final String JOB_RUNS_CANCELLED = "JobRunsCancelled";
  public static final String JOB_RUNS_WOULD_CANCEL = "JobRunsWouldCancel";

  private SweepMetrics() {}
}
