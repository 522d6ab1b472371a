package io.sparkgate.function.monitor;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the lists of one application go back, by when things were created: the service lists by
 * nothing else. A process that knows nothing yet lists once what may have lived till a moment ago;
 * later it lists what it may not know, and the rest it remembers.
 */
final class Reach {

  /** A session's lifetime is a week at most, where AWS raised it; a day else. */
  static final Duration FIRST = Duration.ofDays(8);

  /** Sessions are listed live and over at once, so that the list has all that most of them live. */
  static final Duration SESSIONS = Duration.ofHours(25);

  /** The least that a first list goes back when it never fits the time. */
  private static final Duration LEAST = Duration.ofHours(1);

  /** What is created in a pass may come into its list late. */
  private static final Duration SLACK = Duration.ofMinutes(15);

  /**
   * What ended longer ago is not looked at by a process that did not see it live: one before has
   * recorded it.
   */
  private static final Duration RECORDED = Duration.ofHours(49);

  private Duration first = FIRST;
  private @Nullable Instant whole;

  /** From when on sessions are listed. */
  synchronized Instant sessions(Instant now) {
    return now.minus(whole == null && first.compareTo(SESSIONS) > 0 ? first : SESSIONS);
  }

  /** From when on job runs are listed that are over; those that live are, of any age. */
  synchronized Instant jobRuns(Instant now) {
    return whole == null ? now.minus(first) : whole.minus(SLACK);
  }

  /** All lists of a pass were read to their ends. */
  synchronized void whole(Instant begun) {
    whole = begun;
  }

  /** One was not for want of time: as long as none was read, the next goes half as far. */
  synchronized void late() {
    Duration half = first.dividedBy(2);
    first = half.compareTo(LEAST) > 0 ? half : LEAST;
  }

  /** Whether what ended then, and was not seen before, is left as it is. */
  static boolean isOld(@Nullable Instant ended, Instant now) {
    return ended != null && ended.isBefore(now.minus(RECORDED));
  }
}
