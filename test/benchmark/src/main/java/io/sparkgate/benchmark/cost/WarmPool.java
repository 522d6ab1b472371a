package io.sparkgate.benchmark.cost;

import java.time.Duration;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * Drivers that the application keeps ready while it is STARTED. A session takes one if one is free,
 * and gives it back in the end. No executors: what waits for them is left out everywhere here.
 *
 * @param hours when the application is kept STARTED; always if null. Beside them it is STARTED as
 *     long as there is a session, and until it stops by itself
 */
record WarmPool(int drivers, @Nullable Hours hours) {

  /** How long an application without sessions stays STARTED: the service's default. */
  static final Duration AUTO_STOP = Duration.ofMinutes(15);

  /** From Monday to Friday; no holiday falls into these months. */
  record Hours(LocalTime from, LocalTime to) {
    static final Hours OFFICE = new Hours(LocalTime.of(8, 0), LocalTime.of(18, 0));
  }

  /** How long of that time the hours keep it STARTED; all in seconds since the month began. */
  long kept(long begins, long ends) {
    if (hours == null) {
      return Math.max(0, ends - begins);
    }
    long kept = 0;
    for (long day = begins / Month.DAY; day * Month.DAY < ends; day++) {
      if (Month.isWorkingDay((int) day)) {
        long from = Math.max(begins, day * Month.DAY + hours.from().toSecondOfDay());
        long to = Math.min(ends, day * Month.DAY + hours.to().toSecondOfDay());
        kept += Math.max(0, to - from);
      }
    }
    return kept;
  }

  /** How long it is STARTED while there is no session. */
  long startedWithout(long begins, long ends, long stopsAt) {
    long until = Math.max(begins, Math.min(ends, stopsAt));
    return until - begins + kept(until, ends);
  }
}
