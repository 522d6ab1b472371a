package io.sparkgate.function.reaper;

import io.sparkgate.border.SweepMetrics;

/** A tag with a value that cannot be read: what has it is spared, and somebody is to be told. */
public enum Unreadable {
  KEEP_UNTIL(SweepMetrics.UNREADABLE_KEEP_UNTIL),
  IDLE_MINUTES(SweepMetrics.UNREADABLE_IDLE_MINUTES);

  private final String metric;

  Unreadable(String metric) {
    this.metric = metric;
  }

  /** The metric that counts those with one. */
  public String metric() {
    return metric;
  }
}
