package io.sparkgate.benchmark.cost;

import io.sparkgate.benchmark.cost.Habits.Care;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much hangs on the assumptions: the study again, with one of them changed. */
final class OtherHabits {

  private OtherHabits() {}

  /** By a name that completes "people who". */
  static Map<String, Study> all(Study study) {
    Habits habits = study.habits();
    Care care = habits.care();
    Spread pause = habits.pace().pause();
    Map<String, Study> all = new LinkedHashMap<>();
    all.put("are as assumed", study);
    all.put("pause half as long", with(study, habits.withPause(pause.times(0.5))));
    all.put("pause twice as long", with(study, habits.withPause(pause.times(2))));
    all.put("never stop a session", with(study, habits.with(stops(care, 0))));
    all.put("stop every other session", with(study, habits.with(stops(care, 0.5))));
    all.put("keep to one notebook a day", with(study, habits.with(notebooks(care, 0))));
    all.put("take 10 minutes to load again", with(study, habits.with(redo(care, 10))));
    return all;
  }

  private static Study with(Study study, Habits habits) {
    return Study.of(habits, study.service(), study.people(), study.months().size());
  }

  private static Care stops(Care care, double stops) {
    return new Care(
        care.opens(), care.switches(), care.continues(), stops, care.stopsAfter(), care.redo());
  }

  private static Care notebooks(Care care, double others) {
    return new Care(others, others, care.continues(), care.stops(), care.stopsAfter(), care.redo());
  }

  private static Care redo(Care care, int minutes) {
    Duration redo = Duration.ofMinutes(minutes);
    return new Care(
        care.opens(), care.switches(), care.continues(), care.stops(), care.stopsAfter(), redo);
  }
}
