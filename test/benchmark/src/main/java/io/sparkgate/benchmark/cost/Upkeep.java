package io.sparkgate.benchmark.cost;

import java.time.Duration;

/**
 * What the reaper itself costs in a month of 30 days. Its logs' storage, three months of some
 * megabytes, is left out.
 *
 * @param sweeps how many there are
 * @param lambda requests and memory-time
 * @param scheduler invocations
 * @param logs taken in
 * @param watching its metrics and alarms
 */
record Upkeep(long sweeps, double lambda, double scheduler, double logs, double watching) {

  /**
   * What the reaper uses.
   *
   * @param functionGb the memory of its function
   * @param billed of each sweep; assumed, for now and then it starts cold
   * @param billedPerPerson in addition; a session is read at every sweep, five a second
   * @param sweepKb what a sweep writes to the log, its record and Lambda's own lines; about, from
   *     the records' form
   * @param sessionKb what it writes about a session it looks at; one per person at every sweep is
   *     counted, also at night, which is more than there can be
   */
  record Needs(
      double functionGb,
      Duration billed,
      Duration billedPerPerson,
      double sweepKb,
      double sessionKb,
      int metrics,
      int alarms) {

    /** Of what IdleSessionReaper creates. */
    static final Needs DEFAULT =
        new Needs(0.5, Duration.ofSeconds(2), Duration.ofMillis(200), 2, 0.6, 10, 2);
  }

  static Upkeep of(Reaper reaper, int people, Needs needs, Prices prices) {
    long sweeps = Duration.ofDays(Month.DAYS).dividedBy(reaper.every());
    Duration billed = needs.billed.plus(needs.billedPerPerson.multipliedBy(people));
    double gbSeconds = needs.functionGb * billed.toMillis() / 1000;
    return new Upkeep(
        sweeps,
        sweeps * (gbSeconds * prices.lambdaGbSecond() + prices.lambdaMillion() / 1e6),
        sweeps * prices.schedulerMillion() / 1e6,
        sweeps * (needs.sweepKb + people * needs.sessionKb) / 1e6 * prices.logGb(),
        needs.metrics * prices.metricMonth() + needs.alarms * prices.alarmMonth());
  }

  double total() {
    return lambda + scheduler + logs + watching;
  }
}
