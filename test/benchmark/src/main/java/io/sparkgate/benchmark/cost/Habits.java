package io.sparkgate.benchmark.cost;

import java.time.Duration;
import java.time.LocalTime;

/**
 * How data scientists work. All of it is assumed, nothing measured; nobody works in the evening or
 * at weekends.
 *
 * @param daysWithSpark the share of working days on which a person uses Spark
 */
record Habits(double daysWithSpark, Hours hours, Pace pace, Care care) {

  /**
   * A day at the office.
   *
   * @param arrives median; so are the other times of day
   * @param varies one standard deviation of a time of day
   * @param meetings how many a day; each takes half an hour or an hour
   */
  record Hours(
      LocalTime arrives,
      LocalTime leaves,
      LocalTime lunch,
      Duration varies,
      Duration lunchBreak,
      int meetings) {}

  /**
   * Statements come in bursts.
   *
   * @param burst how many statements follow each other, on average
   * @param statement how long one runs
   * @param think from the end of one to the next within a burst
   * @param pause from one burst to the next; lunch and meetings come on top
   */
  record Pace(double burst, Spread statement, Spread think, Spread pause) {}

  /**
   * What becomes of notebooks and their sessions. Shares are from 0 to 1.
   *
   * @param opens how often a person begins another notebook after a pause
   * @param switches how often a person goes back to an earlier one of the day after a pause
   * @param continues how often the last notebook of a day is taken up again on the next
   * @param stops how often a person terminates a session once the notebook is done
   * @param stopsAfter how long after the last statement
   * @param redo time to load everything again after a session was lost
   */
  record Care(
      double opens,
      double switches,
      double continues,
      double stops,
      Duration stopsAfter,
      Duration redo) {}

  static final Habits ASSUMED =
      new Habits(
          0.75,
          new Hours(
              LocalTime.of(9, 0),
              LocalTime.of(17, 30),
              LocalTime.of(12, 15),
              Duration.ofMinutes(30),
              Duration.ofMinutes(45),
              2),
          new Pace(
              6,
              new Spread(Duration.ofSeconds(10), 1.2),
              new Spread(Duration.ofSeconds(60), 1.0),
              new Spread(Duration.ofMinutes(15), 1.1)),
          new Care(0.15, 0.15, 0.30, 0.20, Duration.ofMinutes(1), Duration.ofMinutes(2)));

  Habits withPause(Spread pause) {
    Pace other = new Pace(pace.burst, pace.statement, pace.think, pause);
    return new Habits(daysWithSpark, hours, other, care);
  }

  Habits with(Care other) {
    return new Habits(daysWithSpark, hours, pace, other);
  }
}
