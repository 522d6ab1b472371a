package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;

/** Workers that no session can take are paid for nothing. */
final class WarmPoolChecks {

  private WarmPoolChecks() {}

  static void check(Findings findings, WarmPool pool, SparkConf conf, boolean autoStop) {
    findings.warnIf(
        !autoStop,
        "warmPoolWithoutAutoStop",
        """
        AutoStop.never() keeps warmPool billed, used or not, until somebody stops the application: \
        about %s; set autoStop, or leave the warm pool out"""
            .formatted(Price.perHour(pool)));
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
    return """
    warmPool: no session can take a waiting %s of %s with %s disk, because its %1$s needs %s; the \
    pool would cost %s in vain. Use larger workers, or lower spark.%1$s.cores and spark.%1$s.memory \
    in sparkDefaults"""
        .formatted(need.role(), worker, worker.disk(), need, Price.perHour(pool));
  }
}
