package io.sparkgate.benchmark.cost;

/**
 * What sessions used and did. Times are in seconds.
 *
 * @param starting of the driver, until the session takes statements
 * @param busy of the driver, while a statement runs
 * @param idle of the driver, while none does
 * @param executors of all executors together
 * @param pool of the warm drivers that no session has taken, together
 * @param sessions how many were started
 * @param warm how many of them by a warm driver
 * @param lostToday how often somebody came back, on the day of the last use, to a session that was
 *     gone
 * @param lostLater how often on a later day
 */
record Usage(
    long starting,
    long busy,
    long idle,
    long executors,
    long pool,
    int sessions,
    int warm,
    int lostToday,
    int lostLater) {

  static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0, 0);

  static Usage ofPool(long seconds) {
    return new Usage(0, 0, 0, 0, seconds, 0, 0, 0, 0);
  }

  Usage plus(Usage other) {
    return new Usage(
        starting + other.starting,
        busy + other.busy,
        idle + other.idle,
        executors + other.executors,
        pool + other.pool,
        sessions + other.sessions,
        warm + other.warm,
        lostToday + other.lostToday,
        lostLater + other.lostLater);
  }
}
