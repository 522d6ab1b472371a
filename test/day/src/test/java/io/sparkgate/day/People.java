package io.sparkgate.day;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What five people do on a Thursday: Ada ends what she starts, Ben forgets it, Cleo opens one after
 * the other, Dan's starts fail, and Eve submits jobs.
 */
final class People {

  static final LocalDate DAY = LocalDate.of(2026, 11, 26);
  static final Instant BEGINS = at("08:00");
  static final Instant NIGHT = at("20:00");
  static final Instant ENDS = BEGINS.plus(Duration.ofDays(1));

  private final Town town;
  private final NavigableMap<Instant, List<Runnable>> plans = new TreeMap<>();

  /** Ids by the names of sessions and job runs. */
  private final Map<String, String> ids = new HashMap<>();

  People(Town town) {
    this.town = town;
    ada();
    ben();
    cleo();
    dan();
    eve();
  }

  /** By the clock of the day. */
  static Instant at(String time) {
    return DAY.atTime(LocalTime.parse(time)).toInstant(ZoneOffset.UTC);
  }

  /** Does what is to be done until then. */
  void act(Instant now) {
    NavigableMap<Instant, List<Runnable>> due = plans.headMap(now, true);
    due.values().forEach(actions -> actions.forEach(Runnable::run));
    due.clear();
  }

  String id(String name) {
    String id = ids.get(name);
    if (id == null) {
      throw new IllegalArgumentException("nobody started " + name);
    }
    return id;
  }

  private void ada() {
    Person ada = town.person("ada");
    session(ada, "prices", "08:55", 1);
    busy("prices", "09:00", "09:50");
    busy("prices", "10:05", "10:25");
    plan("10:30", () -> ada.end(id("prices")));
    session(ada, "forecast", "13:40", 1);
    busy("forecast", "13:45", "15:20");
    plan("15:25", () -> ada.end(id("forecast")));
  }

  private void ben() {
    Person ben = town.person("ben");
    session(ben, "churn", "09:10", 1);
    busy("churn", "09:15", "09:42");
    session(ben, "churn again", "12:30", 3);
    busy("churn again", "12:35", "12:50");
    session(ben, "never used", "16:00", 1);
    session(ben, "late", "19:20", 3);
    busy("late", "19:25", "19:40");
  }

  private void cleo() {
    Person cleo = town.person("cleo");
    for (int i = 0; i < 4; i++) {
      String name = "notebook " + i;
      session(cleo, name, "11:1" + 2 * i, i < 2 ? 1 : 2);
      busy(name, "11:" + (20 + 5 * i), "11:" + (22 + 5 * i));
    }
    plan("12:05", () -> cleo.end(id("notebook 3")));
  }

  private void dan() {
    Person dan = town.person("dan");
    for (int i = 0; i < 3; i++) {
      String name = "broken " + i;
      String start = "14:%02d".formatted(10 * i);
      plan(start, () -> ids.put(name, dan.start(name)));
      plan(
          at(start).plus(Duration.ofMinutes(1)),
          () -> town.drivers.die(id(name), "The driver ran out of memory."));
    }
    session(dan, "mended", "14:30", 2);
    busy("mended", "14:35", "15:05");
    plan("15:10", () -> dan.end(id("mended")));
  }

  private void eve() {
    Person eve = town.person("eve");
    for (String hour : List.of("08", "10", "13", "15", "17")) {
      String name = "nightly " + hour;
      plan(hour + ":30", () -> ids.put(name, eve.submit("nightly")));
      plan(hour + ":31", () -> town.jobs.run(id(name)));
      plan(
          hour + ":52",
          () -> {
            if (hour.equals("13")) {
              town.jobs.fail(id(name), "The input was not there.");
            } else {
              town.jobs.succeed(id(name));
            }
          });
    }
  }

  /** Who finds a warm driver waits a minute, and others longer. */
  private void session(Person person, String name, String time, int minutes) {
    plan(time, () -> ids.put(name, person.start(name)));
    plan(at(time).plus(Duration.ofMinutes(minutes)), () -> town.drivers.ready(id(name)));
  }

  private void busy(String name, String from, String to) {
    plan(from, () -> town.drivers.busy(id(name)));
    plan(to, () -> town.drivers.idle(id(name), at(to)));
  }

  private void plan(String time, Runnable action) {
    plan(at(time), action);
  }

  private void plan(Instant time, Runnable action) {
    plans.computeIfAbsent(time, moment -> new ArrayList<>()).add(action);
  }
}
