package io.sparkgate.benchmark.sweep;

import java.util.Comparator;
import java.util.List;

/**
 * What one sweep took.
 *
 * @param calls all of them, those that were rejected too
 * @param rejected for exceeding a limit
 * @param failedLists the applications whose sessions stayed unknown
 * @param failedSessions those that could not be looked at or terminated
 * @param missed the sessions that were due and were not terminated
 * @param cpuSeconds the processor time of the client's process meanwhile
 */
record Measurement(
    long calls,
    long rejected,
    int failedLists,
    int failedSessions,
    int missed,
    double seconds,
    double cpuSeconds) {

  /** The one that took neither the longest nor the shortest time. */
  static Measurement median(List<Measurement> rounds) {
    return rounds.stream()
        .sorted(Comparator.comparing(Measurement::seconds))
        .toList()
        .get(rounds.size() / 2);
  }
}
