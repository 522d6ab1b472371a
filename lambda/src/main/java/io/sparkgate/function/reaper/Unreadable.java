package io.sparkgate.function.reaper;

/** A tag with a value that cannot be read: its session is spared, and somebody is to be told. */
public enum Unreadable {
  KEEP_UNTIL("UnreadableKeepUntil"),
  IDLE_MINUTES("UnreadableIdleMinutes");

  private final String metric;

  Unreadable(String metric) {
    this.metric = metric;
  }

  /** The metric that counts the sessions with one. */
  public String metric() {
    return metric;
  }
}
