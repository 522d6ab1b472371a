package io.sparkgate.border;

/** The metrics that the monitor writes of each application where there is something to tell. */
public final class MonitorMetrics {

  public static final String NAMESPACE = "Sparkgate";

  /** Of all but {@link #FREE_ADDRESSES}. */
  public static final String APPLICATION_ID = "ApplicationId";

  /** Beside {@link #APPLICATION_ID}, of {@link #OWNER_SESSIONS} and {@link #OWNER_DOLLARS}. */
  public static final String OWNER = "Owner";

  /** The value of {@link #OWNER} of all that have no metrics of their own. */
  public static final String OTHERS = "others";

  /** Of {@link #FREE_ADDRESSES}. */
  public static final String SUBNET_ID = "SubnetId";

  public static final String SESSIONS_LIVE = "SessionsLive";
  public static final String SESSIONS_STARTING = "SessionsStarting";
  public static final String SESSIONS_READY = "SessionsReady";
  public static final String SESSIONS_IDLE = "SessionsIdle";
  public static final String SESSIONS_BUSY = "SessionsBusy";
  public static final String OLDEST_IDLE_SECONDS = "OldestIdleSeconds";
  public static final String LONGEST_BUSY_SECONDS = "LongestBusySeconds";

  public static final String SESSION_STARTS = "SessionStarts";
  public static final String SESSION_FAILURES = "SessionFailures";
  public static final String SESSION_ENDS = "SessionEnds";

  /** From SUBMITTED to STARTED, a value for each session. */
  public static final String READY_SECONDS = "ReadySeconds";

  /** How many of the live sessions are BUSY. */
  public static final String BUSY_PERCENT = "BusyPercent";

  /** That sessions were idle since the pass before, together. */
  public static final String IDLE_MINUTES = "IdleMinutes";

  /** Of what ended, as the service billed it; so are the next two. */
  public static final String VCPU_HOURS = "VcpuHours";

  public static final String MEMORY_GB_HOURS = "MemoryGbHours";

  /** By the prices that the function was given. */
  public static final String DOLLARS = "Dollars";

  public static final String IDLE_DOLLARS_PER_HOUR = "IdleDollarsPerHour";
  public static final String POOL_IDLE_DOLLARS_PER_HOUR = "PoolIdleDollarsPerHour";

  public static final String OWNER_SESSIONS = "OwnerSessions";
  public static final String OWNER_DOLLARS = "OwnerDollars";

  public static final String FREE_ADDRESSES = "FreeAddresses";

  private MonitorMetrics() {}
}
