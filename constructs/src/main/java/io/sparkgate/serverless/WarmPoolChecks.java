package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;

/** Workers that no session can take are paid for nothing. */
final class WarmPoolChecks {

  private WarmPoolChecks() {}

  static void check(Findings findings, WarmPool pool, SparkConf conf, boolean autoStop) {
    findings.warnIf(
        !autoStop,
        "warmPoolWithoutAutoStop",
        () ->
            "noAutoStop keeps warmPool billed, used or not, until somebody stops the application:"
                + " about "
                + Price.perHour(pool)
                + "; set autoStop, or leave the warm pool out");
    conf.driver()
        .filter(need -> pool.driverCount() > 0 && !need.fits(pool.driverSize()))
        .ifPresent(
            need -> findings.warn("warmDriverTooSmall", message(need, pool.driverSize(), pool)));
    conf.executor()
        .filter(need -> pool.executorCount() > 0 && !need.fits(pool.executorSize()))
        .ifPresent(
            need ->
                findings.warn("warmExecutorTooSmall", message(need, pool.executorSize(), pool)));
  }

  private static String message(WorkerNeed need, WorkerSize worker, WarmPool pool) {
    return "warmPool: no session can take a waiting "
        + need.role()
        + " of "
        + worker
        + " with "
        + worker.disk()
        + " disk, because its "
        + need.role()
        + " needs "
        + need
        + "; the pool would cost "
        + Price.perHour(pool)
        + " in vain. Use larger workers, or lower spark."
        + need.role()
        + ".cores and spark."
        + need.role()
        + ".memory in sparkDefaults";
  }
}
