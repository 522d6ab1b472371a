package io.sparkgate.serverless;

import java.util.Locale;

/**
 * What a warm pool costs per hour, for warnings only.
 *
 * <p>The figures come from secondary sources that agree with each other; AWS's own price page was
 * not read. The price of shuffle-optimized disks is unknown and counted as standard.
 */
final class Price {

  static final String SOURCE = "us-east-1 x86 list price as of June 2026, from secondary sources";

  private static final double USD_PER_VCPU_HOUR = 0.052624;
  private static final double USD_PER_GB_HOUR = 0.0057785;
  private static final double USD_PER_DISK_GB_HOUR = 0.000111;
  private static final int FREE_DISK_GB = 20;

  private Price() {}

  static double usdPerHour(WarmPool pool) {
    long workers = (long) pool.driverCount() + pool.executorCount();
    Capacity total = pool.total();
    return total.vcpu() * USD_PER_VCPU_HOUR
        + total.memoryGb() * USD_PER_GB_HOUR
        + (total.diskGb() - workers * FREE_DISK_GB) * USD_PER_DISK_GB_HOUR;
  }

  static String perHour(WarmPool pool) {
    return String.format(Locale.ROOT, "USD %.2f per hour (%s)", usdPerHour(pool), SOURCE);
  }
}
