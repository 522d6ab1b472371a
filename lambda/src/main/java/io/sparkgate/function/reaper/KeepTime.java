package io.sparkgate.function.reaper;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A moment as people write it: ISO 8601 in its extended and basic form, RFC 3339, and what the
 * usual tools make of them. The JDK's parsers take one form each, and none of them {@code +0100}.
 *
 * <p>What has no offset is read where it comes last, so that nobody's work ends before their own
 * clock says so; a date alone means the end of that day.
 */
final class KeepTime {

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?<year>\\d{4})(?<dash>-?)(?<month>\\d\\d)\\k<dash>(?<day>\\d\\d)"
              + "(?:(?:[Tt]| +)(?<hour>\\d\\d)"
              + "(?::?(?<minute>\\d\\d)(?::?(?<second>\\d\\d)(?:[.,](?<fraction>\\d+))?)?)?"
              + " *(?<offset>[Zz]|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)?)?");

  private static final ZoneOffset LAST_ON_EARTH = ZoneOffset.ofHours(-12);

  private KeepTime() {}

  /** The moment; empty for what is none. */
  static Optional<Instant> parse(String text) {
    Matcher written = WRITTEN.matcher(text.strip());
    if (!written.matches()) {
      return Optional.empty();
    }
    try {
      LocalDate day =
          LocalDate.of(number(written, "year"), number(written, "month"), number(written, "day"));
      Duration time = written.group("hour") == null ? Duration.ofDays(1) : time(written);
      return Optional.of(day.atStartOfDay().plus(time).toInstant(offset(written.group("offset"))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Since the day began; 24:00 and a leap second are the next day's beginning. */
  private static Duration time(Matcher written) {
    Duration time =
        Duration.ofHours(number(written, "hour"))
            .plusMinutes(atMost(59, number(written, "minute")))
            .plusSeconds(atMost(60, number(written, "second")))
            .plusNanos(nanos(written.group("fraction")));
    if (time.compareTo(Duration.ofDays(1)) > 0) {
      throw new DateTimeException("no day has so many hours");
    }
    return time;
  }

  private static ZoneOffset offset(@Nullable String written) {
    if (written == null) {
      return LAST_ON_EARTH;
    }
    char first = written.charAt(0);
    return first == '+' || first == '-' ? ZoneOffset.of(written) : ZoneOffset.UTC;
  }

  private static int nanos(@Nullable String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "00000000").substring(0, 9));
  }

  private static int number(Matcher written, String part) {
    String digits = written.group(part);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int atMost(int most, int number) {
    if (number > most) {
      throw new DateTimeException("no time has so many minutes or seconds");
    }
    return number;
  }
}
