package io.sparkgate.benchmark.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What a team does in 30 days from a Monday on: 22 working days and four weekends.
 *
 * @param notebooks everybody's
 */
record Month(List<Notebook> notebooks) {

  static final int DAYS = 30;
  static final long DAY = 24 * 3600;

  Month {
    notebooks = List.copyOf(notebooks);
  }

  /** Each month differs from the one before; the same random numbers give the same month. */
  static Month write(Habits habits, int people, Random random) {
    List<Notebook> notebooks = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      notebooks.addAll(new Diary(habits, new Random(random.nextLong())).write());
    }
    return new Month(notebooks);
  }

  /** That many, by a seed. */
  static List<Month> write(Habits habits, int people, int months, long seed) {
    Random random = new Random(seed);
    return Stream.generate(() -> write(habits, people, random)).limit(months).toList();
  }

  static boolean isWorkingDay(int day) {
    return day % 7 < 5;
  }
}
