package io.sparkgate.border;

/** The events that the functions put on EventBridge, and the fields of their detail. */
public final class SessionEvents {

  public static final String SOURCE = "sparkgate";

  public static final String STARTED = "Spark Connect Session Started";
  public static final String READY = "Spark Connect Session Ready";
  public static final String IDLE_WARNING = "Spark Connect Session Idle Warning";
  public static final String TERMINATED_BY_POLICY = "Spark Connect Session Terminated By Policy";
  public static final String FAILED = "Spark Connect Session Failed";
  public static final String TAKEOVER_SUSPECTED = "Spark Connect Session Takeover Suspected";
  public static final String OWNER_BUDGET_WARNING = "Spark Connect Owner Budget Warning";
  public static final String OWNER_LIMIT_REACHED = "Spark Connect Owner Limit Reached";

  /** The same for the same moment of the same session, however often it is put. */
  public static final String EVENT_ID = "eventId";

  /** The name of the function that put it, of the monitor's events. */
  public static final String MONITOR = "monitor";

  /** A session's name as it may stand in any text: harmless characters only; else its id. */
  public static final String TITLE = "title";

  public static final String APPLICATION_ID = "applicationId";
  public static final String SESSION_ID = "sessionId";
  public static final String NAME = "name";
  public static final String OWNER = "owner";
  public static final String CREATED_BY = "createdBy";
  public static final String EXECUTION_ROLE = "executionRole";
  public static final String STATE = "state";

  /** When it happened, in ISO 8601 and UTC. */
  public static final String TIME = "time";

  public static final String READY_SECONDS = "readySeconds";
  public static final String RULE = "rule";
  public static final String REASON = "reason";

  /** When the reaper will end the session, in ISO 8601 and UTC. */
  public static final String ENDS_AT = "endsAt";

  /** What its owner types to keep it. */
  public static final String KEEP_COMMAND = "keepCommand";

  public static final String STATE_DETAILS = "stateDetails";

  /** Who fetched the endpoint. */
  public static final String FETCHED_BY = "fetchedBy";

  public static final String SOURCE_IP_ADDRESS = "sourceIpAddress";

  /** Whether nothing was ended, though it would have been. */
  public static final String DRY_RUN = "dryRun";

  public static final String LIVE_SESSIONS = "liveSessions";
  public static final String MAX_SESSIONS = "maxSessions";
  public static final String DOLLARS = "dollars";
  public static final String DAILY_DOLLARS = "dailyDollars";
  public static final String PERCENT = "percent";

  private SessionEvents() {}
}
