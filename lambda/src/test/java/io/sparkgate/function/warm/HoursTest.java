package io.sparkgate.function.warm;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static java.time.DayOfWeek.WEDNESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {

  private static final Set<DayOfWeek> WORKING =
      Set.of(MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY);

  @ParameterizedTest
  @CsvSource({
    // A Friday in winter, an hour ahead of UTC; ten minutes early.
    "2026-11-27T06:49:59Z, false",
    "2026-11-27T06:50:00Z, true",
    "2026-11-27T16:59:59Z, true",
    "2026-11-27T17:00:00Z, false",
    // A Saturday.
    "2026-11-28T10:00:00Z, false",
    // A Friday in summer, two hours ahead.
    "2026-07-24T05:50:00Z, true",
    "2026-07-24T15:59:59Z, true",
    "2026-07-24T16:00:00Z, false",
    // A holiday, which was a Friday.
    "2026-12-25T10:00:00Z, false",
  })
  void holdByTheClockOfTheZone(Instant moment, boolean warm) {
    assertThat(berlin("08:00", "18:00", WORKING).contain(moment)).isEqualTo(warm);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27T20:49:00Z, false",
    "2026-11-27T20:50:00Z, true",
    "2026-11-28T04:59:59Z, true",
    "2026-11-28T05:00:00Z, false",
    // Saturday's night does not begin.
    "2026-11-28T22:00:00Z, false",
    // Nor does a holiday's, but the night before it goes on into it.
    "2026-12-25T04:00:00Z, true",
    "2026-12-25T22:00:00Z, false",
    "2026-12-26T04:00:00Z, false",
  })
  void belongToTheDayOnWhichTheyBeginWhereTheyPassMidnight(Instant moment, boolean warm) {
    assertThat(berlin("22:00", "06:00", WORKING).contain(moment)).isEqualTo(warm);
  }

  @Test
  void endAtMidnight() {
    Hours hours = berlin("18:00", "00:00", Set.of(FRIDAY));

    assertThat(hours.contain(Instant.parse("2026-11-27T22:59:59Z"))).isTrue();
    assertThat(hours.contain(Instant.parse("2026-11-27T23:00:00Z"))).isFalse();
  }

  @Test
  void lastForADayWhereTheyEndAsTheyBegin() {
    Hours hours = berlin("08:00", "08:00", Set.of(FRIDAY));

    assertThat(hours.contain(Instant.parse("2026-11-28T06:59:59Z"))).isTrue();
    assertThat(hours.contain(Instant.parse("2026-11-28T07:00:00Z"))).isFalse();
  }

  @Test
  void beginEarlyOnTheDayBeforeWhereTheyBeginAtMidnight() {
    Hours hours = berlin("00:00", "06:00", Set.of(SATURDAY));

    assertThat(hours.contain(Instant.parse("2026-11-27T22:49:59Z"))).isFalse();
    assertThat(hours.contain(Instant.parse("2026-11-27T22:50:00Z"))).isTrue();
  }

  /** On 29 March 2026 clocks leap from 02:00 to 03:00, which is 01:00Z. */
  @Test
  void beginAfterTheLeapWhereTheClockLeapsOverTheBeginning() {
    Hours hours = berlin("02:30", "05:00", Set.of(SUNDAY));

    assertThat(hours.contain(Instant.parse("2026-03-29T01:19:59Z"))).isFalse();
    assertThat(hours.contain(Instant.parse("2026-03-29T01:20:00Z"))).isTrue();
    assertThat(hours.contain(Instant.parse("2026-03-29T02:59:59Z"))).isTrue();
    assertThat(hours.contain(Instant.parse("2026-03-29T03:00:00Z"))).isFalse();
  }

  /** On 25 October 2026 clocks go back from 03:00 to 02:00, which is 01:00Z. */
  @Test
  void areOnePieceWhereAnHourComesTwice() {
    Hours hours = berlin("02:15", "02:45", Set.of(SUNDAY));

    assertThat(hours.contain(Instant.parse("2026-10-25T00:05:00Z"))).isTrue();
    assertThat(hours.contain(Instant.parse("2026-10-25T00:50:00Z"))).isTrue();
    assertThat(hours.contain(Instant.parse("2026-10-25T01:44:59Z"))).isTrue();
    assertThat(hours.contain(Instant.parse("2026-10-25T01:45:00Z"))).isFalse();
  }

  private static Hours berlin(String from, String to, Set<DayOfWeek> days) {
    return new Hours(
        ZoneId.of("Europe/Berlin"),
        days,
        LocalTime.parse(from),
        LocalTime.parse(to),
        Set.of(LocalDate.parse("2026-12-25")));
  }
}
