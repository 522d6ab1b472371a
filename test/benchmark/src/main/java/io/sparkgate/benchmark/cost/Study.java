package io.sparkgate.benchmark.cost;

import java.util.List;

/**
 * The same months of the same team, played under one variant after the other.
 *
 * @param months one or more
 */
record Study(Habits habits, Service service, Prices prices, int people, List<Month> months) {

  /** The seed of every figure and of the picture. */
  static final long SEED = 20261121;

  Study {
    months = List.copyOf(months);
  }

  static Study of(int people, int months) {
    return of(Habits.ASSUMED, Service.DEFAULT, people, months);
  }

  static Study of(Habits habits, Service service, int people, int months) {
    List<Month> written = Diary.months(habits, people, months, SEED);
    return new Study(habits, service, Prices.US_EAST_1, people, written);
  }

  /** Of the whole team in one month. */
  Usage usage(Month month, Variant variant) {
    return month.notebooks().stream()
        .map(notebook -> Replay.of(notebook, variant, service, habits))
        .reduce(Usage.NONE, Usage::plus);
  }

  /** Of one person in one month, on average. */
  Share share(Variant variant) {
    Usage all = months.stream().map(month -> usage(month, variant)).reduce(Usage.NONE, Usage::plus);
    double by = (double) people * months.size();
    return new Share(
        Bill.of(all, service, prices).divided(by),
        all.sessions() / by,
        all.lostToday() / by,
        all.lostLater() / by);
  }

  /** Of the whole team in each of the months. */
  List<Bill> bills(Variant variant) {
    return months.stream().map(month -> Bill.of(usage(month, variant), service, prices)).toList();
  }

  /**
   * Per person and month.
   *
   * @param lostToday how often the person comes back, on the day of the last use, to a session that
   *     is gone
   * @param lostLater how often on a later day
   */
  record Share(Bill bill, double sessions, double lostToday, double lostLater) {
    double lost() {
      return lostToday + lostLater;
    }
  }
}
