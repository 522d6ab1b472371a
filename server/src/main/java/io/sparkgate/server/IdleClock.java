package io.sparkgate.server;

/** Tells, of what is seen now and then, for how long nobody has used the server. */
final class IdleClock {
  private String before = "";
  private long active;

  /**
   * A clock that starts as if the server had just been used.
   *
   * @param now in nanoseconds, as {@link System#nanoTime}
   */
  IdleClock(long now) {
    this.active = now;
  }

  /** For how long the server was not used, in nanoseconds, by what is seen of it now. */
  long idle(Executions seen, long now) {
    if (seen.running() || !seen.trace().equals(before)) {
      active = now;
    }
    before = seen.trace();
    return now - active;
  }
}
