package io.sparkgate.benchmark.service;

import java.time.Duration;

/**
 * The applications and sessions there are at the start. All but the young were created ten limits
 * ago, so the list alone, which does not tell since when a session idles, spares only the young.
 *
 * @param applications how many, all started; their ids are {@code 00app0001} and so on
 * @param sessions of each application
 * @param due how many of them are idle for twice the limit
 * @param busy how many of them are busy
 * @param young how many of them were created less than the limit ago, and idle since; the others
 *     are old, and idle since a thirtieth of the limit
 * @param limit that the sweep to be measured will apply
 */
public record Fleet(int applications, int sessions, int due, int busy, int young, Duration limit) {

  public Fleet {
    if (applications < 1 || applications > 9999) {
      throw new IllegalArgumentException(applications + " applications; allowed: 1 to 9999");
    }
    if (Math.min(due, Math.min(busy, young)) < 0 || due + busy + young > sessions) {
      throw new IllegalArgumentException(
          "%d due, %d busy and %d young of %d sessions; allowed: none negative, no more than there are"
              .formatted(due, busy, young, sessions));
    }
  }

  /** All sessions are old and idle, with a limit of 30 minutes. */
  public static Fleet of(int applications, int sessions, int due) {
    return new Fleet(applications, sessions, due, 0, 0, Duration.ofMinutes(30));
  }

  public Fleet withBusy(int busy) {
    return new Fleet(applications, sessions, due, busy, young, limit);
  }

  public Fleet withYoung(int young) {
    return new Fleet(applications, sessions, due, busy, young, limit);
  }

  public Fleet withLimit(Duration limit) {
    return new Fleet(applications, sessions, due, busy, young, limit);
  }
}
