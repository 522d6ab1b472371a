package io.sparkgate.function.warm;

import io.sparkgate.border.Configuration;
import io.sparkgate.border.WarmHoursFields;
import io.sparkgate.function.ConfigObject;
import io.sparkgate.function.Json;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the function was told.
 *
 * @param stack the id of the stack that has the application
 */
record WarmHoursConfig(String application, String stack, Hours hours) {

  static final String VARIABLE = Configuration.WARM_HOURS;

  private static final Pattern ANY = Pattern.compile("\\S+");
  private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
  private static final Pattern DAY = Pattern.compile("(MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  static WarmHoursConfig parse(@Nullable String text) {
    ConfigObject document =
        ConfigObject.parse(
            VARIABLE,
            text,
            List.of(
                WarmHoursFields.APPLICATION,
                WarmHoursFields.STACK,
                WarmHoursFields.ZONE,
                WarmHoursFields.DAYS,
                WarmHoursFields.FROM,
                WarmHoursFields.TO,
                WarmHoursFields.HOLIDAYS));
    return new WarmHoursConfig(
        document.text(WarmHoursFields.APPLICATION, ConfigObject.ID),
        document.text(WarmHoursFields.STACK, ANY),
        new Hours(
            known(
                WarmHoursFields.ZONE,
                document.text(WarmHoursFields.ZONE, ANY),
                ZoneId::of,
                "a time zone of the tz database, such as Europe/Berlin"),
            days(document),
            LocalTime.parse(document.text(WarmHoursFields.FROM, TIME)),
            LocalTime.parse(document.text(WarmHoursFields.TO, TIME)),
            holidays(document)));
  }

  private static Set<DayOfWeek> days(ConfigObject document) {
    Set<DayOfWeek> days = new LinkedHashSet<>();
    document.texts(WarmHoursFields.DAYS, DAY).forEach(day -> days.add(DayOfWeek.valueOf(day)));
    return days;
  }

  private static Set<LocalDate> holidays(ConfigObject document) {
    Set<LocalDate> holidays = new LinkedHashSet<>();
    if (document.values().get(WarmHoursFields.HOLIDAYS) instanceof List<?> none && none.isEmpty()) {
      return holidays;
    }
    for (String date : document.texts(WarmHoursFields.HOLIDAYS, DATE)) {
      holidays.add(known(WarmHoursFields.HOLIDAYS, date, LocalDate::parse, "dates that there are"));
    }
    return holidays;
  }

  /** A value that the calendar or the database of zones has to know. */
  private static <T> T known(
      String field, String value, Function<String, T> parse, String allowed) {
    try {
      return parse.apply(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "%s: %s is %s; allowed: %s. Correct the value"
              .formatted(VARIABLE, field, Json.write(value), allowed));
    }
  }
}
