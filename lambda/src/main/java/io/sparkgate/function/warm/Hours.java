package io.sparkgate.function.warm;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * Hours of a week by the wall clock of a zone. They belong to the day on which they begin, and end
 * on the next where {@code to} is not after {@code from}.
 *
 * @param days on which they begin
 * @param holidays on which they do not
 */
record Hours(
    ZoneId zone, Set<DayOfWeek> days, LocalTime from, LocalTime to, Set<LocalDate> holidays) {

  /** Before the hours begin: what the workers of a pool need to be there. */
  static final Duration LEAD = Duration.ofMinutes(10);

  Hours {
    days = Set.copyOf(days);
    holidays = Set.copyOf(holidays);
  }

  /** Whether the application is to be started at a moment. */
  boolean contain(Instant moment) {
    // With the lead, hours that begin at midnight begin the day before.
    LocalDate today = moment.plus(LEAD).atZone(zone).toLocalDate();
    return holds(today, moment) || holds(today.minusDays(1), moment);
  }

  /**
   * Whether the hours that begin on a date hold at a moment. A beginning that the clock leaps over
   * comes when it has leapt, and an end that comes twice is the later one: hours are one piece.
   */
  private boolean holds(LocalDate date, Instant moment) {
    if (!days.contains(date.getDayOfWeek()) || holidays.contains(date)) {
      return false;
    }
    Instant begin = date.atTime(from).atZone(zone).toInstant().minus(LEAD);
    LocalDate last = to.isAfter(from) ? date : date.plusDays(1);
    Instant end = last.atTime(to).atZone(zone).withLaterOffsetAtOverlap().toInstant();
    return !moment.isBefore(begin) && moment.isBefore(end);
  }
}
