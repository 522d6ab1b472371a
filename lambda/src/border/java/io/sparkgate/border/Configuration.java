package io.sparkgate.border;

/**
 * The environment variables of the reapers, the guard and the monitor, and the fields of the JSON
 * in them.
 */
public final class Configuration {

  public static final String REAPER = "SPARKGATE_REAPER";
  public static final String GUARD = "SPARKGATE_GUARD";
  public static final String CLUSTER_REAPER = "SPARKGATE_CLUSTER_REAPER";
  public static final String MONITOR = "SPARKGATE_MONITOR";

  /** Of the takeover alarm, which needs none: without it there are no events. */
  public static final String TAKEOVER = "SPARKGATE_TAKEOVER";

  public static final String WARM_HOURS = "SPARKGATE_WARM_HOURS";

  public static final String APPLICATIONS = "applications";

  public static final String CLUSTERS = "clusters";
  public static final String CLUSTER_ID = "clusterId";
  public static final String TARGET_GROUP_ARN = "targetGroupArn";

  public static final String IDLE_MINUTES = "idleMinutes";
  public static final String IDLE_TAG = "idleTag";
  public static final String IDLE_TAG_KEY = "key";
  public static final String IDLE_TAG_MIN_MINUTES = "minMinutes";
  public static final String IDLE_TAG_MAX_MINUTES = "maxMinutes";
  public static final String KEEP_TAG = "keepTag";
  public static final String MAX_AGE_MINUTES = "maxAgeMinutes";
  public static final String STARTING_MINUTES = "startingMinutes";
  public static final String UNUSED_MINUTES = "unusedMinutes";
  public static final String MAX_TERMINATIONS = "maxTerminations";
  public static final String DRY_RUN = "dryRun";

  public static final String JOB_RUNS = "jobRuns";
  public static final String STUCK_MINUTES = "stuckMinutes";
  public static final String STREAMING_MINUTES = "streamingMinutes";
  public static final String BATCH_MINUTES = "batchMinutes";
  public static final String UNLESS_TAGGED = "unlessTagged";
  public static final String TAG_KEY = "key";
  public static final String TAG_VALUE = "value";
  public static final String MAX_CANCELLATIONS = "maxCancellations";

  public static final String RATES = "rates";
  public static final String LIST_SESSIONS = "listSessions";
  public static final String GET_SESSION = "getSession";
  public static final String TERMINATE_SESSION = "terminateSession";
  public static final String LIST_JOB_RUNS = "listJobRuns";
  public static final String GET_JOB_RUN = "getJobRun";
  public static final String CANCEL_JOB_RUN = "cancelJobRun";
  public static final String PER_SECOND = "perSecond";
  public static final String BURST = "burst";

  /** Of the monitor: minutes from one pass to the next. */
  public static final String EVERY = "every";

  /** Of the monitor: the reaper's rules on sessions; without it nobody is warned. */
  public static final String POLICY = "policy";

  /** Of the monitor: how many minutes before the reaper's end a session is warned of. */
  public static final String WARN_MINUTES = "warnMinutes";

  /** Of the monitor: where records of usage go; without it there are none. */
  public static final String USAGE = "usage";

  public static final String BUCKET = "bucket";
  public static final String PREFIX = "prefix";

  /** Of the monitor, the reaper and the takeover alarm: the bus's name; without it no events. */
  public static final String EVENT_BUS = "eventBus";

  /**
   * Of the monitor: where clients read how to connect, as {@code /sparkgate/dev}; the command in a
   * warning says so.
   */
  public static final String PARAMETER_PREFIX = "parameterPrefix";

  /** Of the monitor: the subnets whose free addresses it tells. */
  public static final String SUBNETS = "subnets";

  /** Of the monitor: dollars an hour; without it there are no dollars. */
  public static final String PRICES = "prices";

  public static final String VCPU_HOUR = "vcpuHour";
  public static final String MEMORY_GB_HOUR = "memoryGbHour";
  public static final String STORAGE_GB_HOUR = "storageGbHour";
  public static final String SOURCE = "source";

  /** Of the monitor: what one owner may have; without it anything. */
  public static final String OWNERS = "owners";

  public static final String MAX_SESSIONS = "maxSessions";
  public static final String END = "end";

  /** A value of {@link #END}: what lies idle for longest ends first. */
  public static final String LONGEST_IDLE = "longestIdle";

  /** A value of {@link #END}: what was created last ends first. */
  public static final String NEWEST = "newest";

  public static final String DAILY_DOLLARS = "dailyDollars";
  public static final String WARN_PERCENT = "warnPercent";

  /** Of the monitor: how many owners have metrics of their own. */
  public static final String MOST_OWNERS = "mostOwners";

  public static final String GET_APPLICATION = "getApplication";

  private Configuration() {}
}
