package io.sparkgate.day;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** The day and the night after it, from eight to eight, minute by minute. */
record Day(Town town, People people) {

  /** What goes wrong with the functions. */
  enum Faults {
    NONE,

    /** One look and one sweep get no answer, and later both functions begin without a memory. */
    SOME
  }

  private static final Instant THROTTLED = People.at("12:10");
  private static final Instant RESTARTED = People.at("14:03");

  static Day play(Deployed deployed, Path folder, Faults faults) throws IOException {
    try (Town town = new Town(deployed, folder, People.BEGINS)) {
      People people = new People(town);
      while (town.clock.instant().isBefore(People.ENDS)) {
        people.act(town.clock.instant());
        if (faults == Faults.SOME) {
          harm(town);
        }
        town.minute();
      }
      return new Day(town, people);
    }
  }

  private static void harm(Town town) {
    Instant next = town.clock.instant().plus(Duration.ofMinutes(1));
    town.throttle(next.equals(THROTTLED));
    if (next.equals(RESTARTED)) {
      town.monitor.restart();
      town.reaper.restart();
    }
  }
}
