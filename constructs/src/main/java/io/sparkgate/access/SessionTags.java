package io.sparkgate.access;

/** The keys of the tags on a session that mean something to Sparkgate. */
public final class SessionTags {

  /** Whose session it is; the value is what {@link SessionOwner} says. Set when it starts. */
  public static final String OWNER = "sparkgate:owner";

  /**
   * Protects a session from the reaper until the ISO-8601 time in its value, for example {@code
   * 2026-11-21T18:00:00Z}. Operators set it, developers cannot.
   */
  public static final String KEEP_UNTIL = "sparkgate:keep-until";

  /**
   * The session's own idle limit in whole minutes. Developers set it when they start the session;
   * the reaper brings it within the bounds that the platform allows.
   */
  public static final String IDLE_MINUTES = "sparkgate:idle-minutes";

  private SessionTags() {}
}
