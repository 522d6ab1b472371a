package io.sparkgate.app;

import io.sparkgate.warm.WorkingHours;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Optional;

/** The hours in which the warm pool is kept. */
final class WarmHoursSettings {

  private static final String ANY = "(?s).*";

  private WarmHoursSettings() {}

  static WorkingHours of(Settings settings) {
    String zone = required(settings, "zone", "a time zone such as \"Europe/Berlin\"");
    String from = required(settings, "from", "a time such as \"08:00\"");
    String to = required(settings, "to", "a time such as \"18:00\"");
    Optional<List<String>> days =
        settings.texts(
            "days",
            "(MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY",
            "days such as [\"MONDAY\", \"TUESDAY\"]");
    List<String> holidays =
        settings.texts("holidays", ANY, "dates such as [\"2026-12-25\"]").orElse(List.of());
    settings.refuseOthers();
    return settings.make(
        () -> {
          WorkingHours hours =
              WorkingHours.of(zone, from, to).except(holidays.toArray(String[]::new));
          return days.map(
                  all -> hours.on(all.stream().map(DayOfWeek::valueOf).toArray(DayOfWeek[]::new)))
              .orElse(hours);
        });
  }

  private static String required(Settings settings, String name, String allowed) {
    return settings.text(name, ANY, allowed).orElseThrow(() -> settings.missing(name));
  }
}
