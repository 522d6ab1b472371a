package io.sparkgate.benchmark.cost;

import java.time.Duration;

/**
 * Ends what is idle for the limit or longer when a sweep looks at it. Sweeps begin with the month
 * and take no time; no tag changes the limit or protects a session.
 *
 * @param limit of the rule "idle"
 * @param every from one sweep to the next
 */
record Reaper(Duration limit, Duration every) {

  static Reaper of(int limitMinutes, int everyMinutes) {
    return new Reaper(Duration.ofMinutes(limitMinutes), Duration.ofMinutes(everyMinutes));
  }

  /** The first sweep at which a session is due that is idle since then; both in seconds. */
  long ends(long idleSince) {
    long due = idleSince + limit.toSeconds();
    return due + Math.floorMod(-due, every.toSeconds());
  }
}
