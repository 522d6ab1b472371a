package io.sparkgate.access;

import io.sparkgate.border.TagKeys;

/** The keys of the tags on a session that mean something to Sparkgate. */
public final class SessionTags {

  /** Whose session it is; the value is what {@link SessionOwner} says. Set when it starts. */
  public static final String OWNER = TagKeys.OWNER;

  /**
   * Protects a session from the reaper until the ISO-8601 time in its value, for example {@code
   * 2026-11-21T18:00:00Z}. Operators set it, developers cannot.
   */
  public static final String KEEP_UNTIL = TagKeys.KEEP_UNTIL;

  /**
   * The session's own idle limit in whole minutes. Developers set it when they start the session;
   * the reaper brings it within the bounds that the platform allows.
   */
  public static final String IDLE_MINUTES = TagKeys.IDLE_MINUTES;

  private SessionTags() {}
}
