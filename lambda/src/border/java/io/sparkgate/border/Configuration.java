package io.sparkgate.border;

/** The environment variables of the reapers and the guard, and the fields of the JSON in them. */
public final class Configuration {

  public static final String REAPER = "SPARKGATE_REAPER";
  public static final String GUARD = "SPARKGATE_GUARD";
  public static final String CLUSTER_REAPER = "SPARKGATE_CLUSTER_REAPER";

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

  private Configuration() {}
}
