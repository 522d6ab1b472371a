package io.sparkgate.benchmark.cost;

/**
 * What sessions cost.
 *
 * @param idle the driver while no statement runs
 * @param busy the driver while one runs, and the executors until they are released
 * @param starts the driver until a session takes statements
 */
record Bill(double idle, double busy, double starts) {

  static Bill of(Usage usage, Service service, Prices prices) {
    Worker driver = service.driver();
    return new Bill(
        driver.cost(usage.idle(), prices),
        driver.cost(usage.busy(), prices) + service.executor().cost(usage.executors(), prices),
        driver.cost(usage.starting(), prices));
  }

  double total() {
    return idle + busy + starts;
  }

  Bill divided(double by) {
    return new Bill(idle / by, busy / by, starts / by);
  }
}
