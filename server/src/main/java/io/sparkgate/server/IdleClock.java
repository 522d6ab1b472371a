package io.sparkgate.server;

/** Decides, of what is seen now and then, whether nobody has used the server for a while. */
final class IdleClock {
  private final long limit;
  private String before = "";
  private long active;

  /**
   * A clock that starts as if the server had just been used.
   *
   * @param limit in nanoseconds
   * @param now in nanoseconds, as {@link System#nanoTime}
   */
  IdleClock(long limit, long now) {
    this.limit = limit;
    this.active = now;
  }

  /** Whether the server is idle, by what is seen of it now. */
  boolean isOver(Executions seen, long now) {
    if (seen.running() || !seen.trace().equals(before)) {
      active = now;
    }
    before = seen.trace();
    return now - active >= limit;
  }
}
