package io.sparkgate.warm;

import static java.util.Objects.requireNonNull;

import io.sparkgate.border.WarmHoursFields;
import io.sparkgate.internal.Known;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import software.amazon.awscdk.Token;

/**
 * Hours of a week by the wall clock of a time zone, summer time included. They belong to the day on
 * which they begin, and end on the next where their end is not after their beginning: 22:00 to
 * 06:00 on Mondays ends on Tuesday. Each method returns a new value.
 */
public final class WorkingHours {

  /** What the function's 4 KB of variables hold, beside the rest. */
  private static final int MOST_HOLIDAYS = 150;

  private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");

  private static final double WEEKS_PER_MONTH = 365.25 / 12 / 7;
  private static final double MINUTES_PER_HOUR = 60;

  private final ZoneId zone;
  private final LocalTime from;
  private final LocalTime to;
  private final Set<DayOfWeek> days;
  private final Set<LocalDate> holidays;

  private WorkingHours(
      ZoneId zone, LocalTime from, LocalTime to, Set<DayOfWeek> days, Set<LocalDate> holidays) {
    this.zone = zone;
    this.from = from;
    this.to = to;
    this.days = Collections.unmodifiableSet(days);
    this.holidays = Collections.unmodifiableSet(holidays);
  }

  /**
   * Hours on Mondays to Fridays.
   *
   * @param zone of the tz database, such as {@code Europe/Berlin}
   * @param from {@code HH:MM}, such as {@code 08:00}; the application is started ten minutes before
   * @param to {@code HH:MM}; {@code 00:00} is midnight
   * @return the hours
   * @throws IllegalArgumentException if one of them is not known, or both times are the same
   */
  public static WorkingHours of(String zone, String from, String to) {
    ZoneId known =
        parsed("zone", zone, ZoneId::of, "a time zone of the tz database, such as Europe/Berlin");
    LocalTime begin = time("from", from);
    LocalTime end = time("to", to);
    if (begin.equals(end)) {
      throw new IllegalArgumentException(
          ("WorkingHours: from and to received %s both, but take two times; to keep the pool"
                  + " always, leave the hours out and use AutoStop.never()")
              .formatted(from));
    }
    return new WorkingHours(
        known, begin, end, EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), new TreeSet<>());
  }

  /**
   * Sets on which days the hours begin. Default: Mondays to Fridays.
   *
   * @param days at least one
   * @return new hours
   * @throws IllegalArgumentException if there is none
   */
  public WorkingHours on(DayOfWeek... days) {
    if (days.length == 0) {
      throw new IllegalArgumentException(
          "WorkingHours: on received no day, but takes one or more; leave the hours out for none");
    }
    return new WorkingHours(zone, from, to, EnumSet.copyOf(Arrays.asList(days)), holidays);
  }

  /**
   * Adds dates on which no hours begin. Default: none; nobody knows those of your company.
   *
   * @param dates {@code YYYY-MM-DD}, up to 150 in all; those that are over do no harm
   * @return new hours
   * @throws IllegalArgumentException if one is no date, or they are too many
   */
  public WorkingHours except(String... dates) {
    Set<LocalDate> all = new TreeSet<>(holidays);
    for (String date : dates) {
      all.add(parsed("except", date, LocalDate::parse, "dates, such as 2026-12-25"));
    }
    if (all.size() > MOST_HOLIDAYS) {
      throw new IllegalArgumentException(
          "WorkingHours: except received %d dates, but takes %d; leave out those that are over"
              .formatted(all.size(), MOST_HOLIDAYS));
    }
    return new WorkingHours(zone, from, to, days, all);
  }

  /** {@return how long the hours of a day last by the clock} */
  public Duration getLength() {
    Duration length = Duration.between(from, to);
    return length.isNegative() ? length.plusDays(1) : length;
  }

  /** {@return the hours of a month on average, without holidays} */
  public double getHoursPerMonth() {
    return days.size() * getLength().toMinutes() / MINUTES_PER_HOUR * WEEKS_PER_MONTH;
  }

  /** In the words of the function's configuration. */
  Map<String, Object> toConfiguration() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(WarmHoursFields.ZONE, zone.getId());
    json.put(WarmHoursFields.DAYS, days.stream().map(DayOfWeek::name).toList());
    json.put(WarmHoursFields.FROM, from.toString());
    json.put(WarmHoursFields.TO, to.toString());
    json.put(
        WarmHoursFields.HOLIDAYS, List.copyOf(holidays.stream().map(LocalDate::toString).toList()));
    return json;
  }

  private static LocalTime time(String property, String time) {
    known(property, time);
    if (!TIME.matcher(time).matches()) {
      throw wrong(property, time, "HH:MM, from 00:00 to 23:59");
    }
    return LocalTime.parse(time);
  }

  private static void known(String property, String text) {
    if (Token.isUnresolved(requireNonNull(text, property))) {
      throw new IllegalArgumentException("WorkingHours: " + property + Known.received("a text"));
    }
  }

  private static <T> T parsed(
      String property, String text, Function<String, T> parse, String taken) {
    known(property, text);
    try {
      return parse.apply(text);
    } catch (DateTimeException e) {
      throw wrong(property, text, taken);
    }
  }

  private static IllegalArgumentException wrong(String property, String text, String taken) {
    return new IllegalArgumentException(
        "WorkingHours: %s received '%s', but takes %s; correct it"
            .formatted(property, text, taken));
  }

  @Override
  public String toString() {
    return "%s to %s, %s".formatted(from, to, zone);
  }
}
