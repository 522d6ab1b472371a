package io.sparkgate.benchmark.cost;

/**
 * What sessions used and did. Times are in seconds.
 *
 * @param starting of the driver, until the session takes statements
 * @param busy of the driver, while a statement runs
 * @param idle of the driver, while none does
 * @param executors of all executors together
 * @param sessions how many were started
 * @param lostToday how often somebody came back, on the day of the last use, to a session that was
 *     gone
 * @param lostLater how often on a later day
 */
record Usage(
    long starting,
    long busy,
    long idle,
    long executors,
    int sessions,
    int lostToday,
    int lostLater) {

  static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0);

  Usage plus(Usage other) {
    return new Usage(
        starting + other.starting,
        busy + other.busy,
        idle + other.idle,
        executors + other.executors,
        sessions + other.sessions,
        lostToday + other.lostToday,
        lostLater + other.lostLater);
  }
}
