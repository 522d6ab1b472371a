package io.sparkgate.benchmark.cost;

/**
 * What sessions cost, and the drivers that wait for them.
 *
 * @param idle the driver while no statement runs
 * @param busy the driver while one runs, and the executors until they are released
 * @param starts the driver until a session takes statements
 * @param pool warm drivers that no session has taken
 */
record Bill(double idle, double busy, double starts, double pool) {

  static Bill of(Usage usage, Service service, Prices prices) {
    Worker driver = service.driver();
    return new Bill(
        driver.cost(usage.idle(), prices),
        driver.cost(usage.busy(), prices) + service.executor().cost(usage.executors(), prices),
        driver.cost(usage.starting(), prices),
        driver.cost(usage.pool(), prices));
  }

  /** What is paid while nobody waits for anything. */
  double unused() {
    return idle + pool;
  }

  double total() {
    return idle + busy + starts + pool;
  }

  Bill divided(double by) {
    return new Bill(idle / by, busy / by, starts / by, pool / by);
  }
}
