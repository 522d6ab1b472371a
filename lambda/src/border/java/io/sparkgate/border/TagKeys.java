package io.sparkgate.border;

/** The keys of the tags that mean something to Sparkgate. */
public final class TagKeys {

  /** On a session or a job run: whose it is. */
  public static final String OWNER = "sparkgate:owner";

  /** On a session, a job run or a cluster: until when the reaper leaves it alone. */
  public static final String KEEP_UNTIL = "sparkgate:keep-until";

  /** On a session: its own idle limit. */
  public static final String IDLE_MINUTES = "sparkgate:idle-minutes";

  /**
   * On an application or a cluster: whose function may look at it or stop it, once replaced too.
   */
  public static final String LIFECYCLE = "sparkgate:lifecycle";

  private TagKeys() {}
}
