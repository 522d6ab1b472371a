package io.sparkgate.warm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Token;

class WorkingHoursTest {

  @Test
  void areOnWorkingDaysUnlessSaidOtherwise() {
    WorkingHours hours = WorkingHours.of("Europe/Berlin", "08:00", "18:00");

    assertThat(hours.toConfiguration().get("days").toString())
        .isEqualTo("[MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY]");
    assertThat(hours.getHoursPerMonth()).isCloseTo(217.4, within(0.1));
    assertThat(hours.on(DayOfWeek.SUNDAY).toConfiguration().get("days").toString())
        .isEqualTo("[SUNDAY]");
  }

  @ParameterizedTest
  @CsvSource({"08:00, 18:30, PT10H30M", "22:00, 06:00, PT8H", "18:00, 00:00, PT6H"})
  void lastFromOneTimeToTheNextOther(String from, String to, Duration length) {
    assertThat(WorkingHours.of("UTC", from, to).getLength()).isEqualTo(length);
  }

  @Test
  void leaveOutHolidaysEachOnce() {
    assertThat(
            WorkingHours.of("UTC", "08:00", "18:00")
                .except("2026-12-25", "2026-01-01")
                .except("2026-12-25")
                .toConfiguration()
                .get("holidays")
                .toString())
        .isEqualTo("[2026-01-01, 2026-12-25]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      Berlin        | 08:00 | 18:00 | WorkingHours: zone received 'Berlin', but takes a time zone of the tz database, such as Europe/Berlin; correct it
      Europe/Berlin | 8:00  | 18:00 | WorkingHours: from received '8:00', but takes HH:MM, from 00:00 to 23:59; correct it
      Europe/Berlin | 08:00 | 24:00 | WorkingHours: to received '24:00', but takes HH:MM, from 00:00 to 23:59; correct it
      Europe/Berlin | 08:00 | 08:00 | WorkingHours: from and to received 08:00 both, but take two times; to keep the pool always, leave the hours out and use AutoStop.never()
      """)
  void sayWhatIsWrong(String zone, String from, String to, String message) {
    assertThatThrownBy(() -> WorkingHours.of(zone, from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void mustBeKnownAtSynthesis() {
    String later = Token.asString(Map.of("Ref", "From"));

    assertThatThrownBy(() -> WorkingHours.of("UTC", later, "18:00"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "WorkingHours: from received a text that is known only when the stack is deployed");
    assertThatThrownBy(() -> WorkingHours.of(later, "08:00", "18:00"))
        .hasMessageStartingWith("WorkingHours: zone received a text that is known only");
    assertThatThrownBy(() -> WorkingHours.of("UTC", "08:00", "18:00").except(later))
        .hasMessageStartingWith("WorkingHours: except received a text that is known only");
  }

  @Test
  void sayWhatIsWrongWithDaysAndDates() {
    WorkingHours hours = WorkingHours.of("UTC", "08:00", "18:00");

    assertThatThrownBy(hours::on)
        .hasMessage(
            "WorkingHours: on received no day, but takes one or more; leave the hours out for none");
    assertThatThrownBy(() -> hours.except("25.12.2026"))
        .hasMessage(
            "WorkingHours: except received '25.12.2026', but takes dates, such as 2026-12-25;"
                + " correct it");
  }

  @Test
  void takeAHundredAndFiftyHolidays() {
    WorkingHours hours = WorkingHours.of("UTC", "08:00", "18:00");
    String[] most =
        LocalDate.of(2026, 1, 1)
            .datesUntil(LocalDate.of(2026, 5, 31))
            .map(LocalDate::toString)
            .toArray(String[]::new);

    assertThat((List<?>) hours.except(most).toConfiguration().get("holidays")).hasSize(150);
    assertThatThrownBy(() -> hours.except(most).except("2026-06-01"))
        .hasMessage(
            "WorkingHours: except received 151 dates, but takes 150; leave out those that are over");
  }

  @Test
  void haveTheirDaysAndHolidaysWhicheverIsSaidFirst() {
    WorkingHours hours = WorkingHours.of("UTC", "08:00", "18:00");

    assertThat(hours.on(DayOfWeek.SUNDAY).except("2026-12-27").toConfiguration())
        .isEqualTo(hours.except("2026-12-27").on(DayOfWeek.SUNDAY).toConfiguration())
        .containsEntry("days", List.of("SUNDAY"))
        .containsEntry("holidays", List.of("2026-12-27"));
  }
}
