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

  /** The same months with another service. */
  Study with(Service other) {
    return new Study(habits, other, prices, people, months);
  }

  /** Of the whole team in one month. */
  Usage usage(Month month, Variant variant) {
    return new Team(variant, service, habits).play(month);
  }

  /** Of one person in one month, on average. */
  Share share(Variant variant) {
    Usage all = months.stream().map(month -> usage(month, variant)).reduce(Usage.NONE, Usage::plus);
    double by = (double) people * months.size();
    return new Share(
        Bill.of(all, service, prices).divided(by),
        all.sessions() / by,
        all.sessions() == 0 ? 0 : (double) all.warm() / all.sessions(),
        waited(all) / by,
        all.lostToday() / by,
        all.lostLater() / by);
  }

  private double waited(Usage usage) {
    long lost = usage.lostToday() + usage.lostLater();
    return usage.starting() + (double) lost * habits.care().redo().toSeconds();
  }

  /** Of the whole team in each of the months. */
  List<Bill> bills(Variant variant) {
    return months.stream().map(month -> Bill.of(usage(month, variant), service, prices)).toList();
  }

  /**
   * Per person and month.
   *
   * @param warm the share of the starts that took a warm driver
   * @param waited seconds for sessions to start, and to load again what was lost
   * @param lostToday how often the person comes back, on the day of the last use, to a session that
   *     is gone
   * @param lostLater how often on a later day
   */
  record Share(
      Bill bill, double sessions, double warm, double waited, double lostToday, double lostLater) {

    double lost() {
      return lostToday + lostLater;
    }
  }
}
