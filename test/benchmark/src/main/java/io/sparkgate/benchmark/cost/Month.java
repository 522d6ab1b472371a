package io.sparkgate.benchmark.cost;

import java.util.List;

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

  static boolean isWorkingDay(int day) {
    return day % 7 < 5;
  }
}
