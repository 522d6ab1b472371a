package io.sparkgate.benchmark.cost;

import java.util.Comparator;
import java.util.List;

/** When somebody is not at the desk that day. */
record Absences(List<Absence> absences) {

  /** In seconds since the month began. */
  record Absence(long begins, long ends) {}

  Absences {
    absences = absences.stream().sorted(Comparator.comparing(Absence::begins)).toList();
  }

  /** The first moment from then on at which the person is there. */
  long back(long then) {
    long now = then;
    for (Absence absence : absences) {
      if (absence.begins() <= now && now < absence.ends()) {
        now = absence.ends();
      }
    }
    return now;
  }
}
