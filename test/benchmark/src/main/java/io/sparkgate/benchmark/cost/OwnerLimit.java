package io.sparkgate.benchmark.cost;

import java.time.Duration;

/**
 * So many live sessions may one person have. Beyond, what lies idle for longest is ended when the
 * monitor looks next; what is busy or starts is let be.
 *
 * @param every from one look to the next
 */
record OwnerLimit(int sessions, Duration every) {

  static OwnerLimit of(int sessions) {
    return new OwnerLimit(sessions, Duration.ofMinutes(5));
  }

  /** The first look at that moment or after; in seconds. */
  long looks(long moment) {
    return moment + Math.floorMod(-moment, every.toSeconds());
  }
}
