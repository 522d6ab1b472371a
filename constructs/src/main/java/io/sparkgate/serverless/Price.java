package io.sparkgate.serverless;

import java.util.Locale;

/**
 * What a warm pool costs per hour, for warnings only. The price of shuffle-optimized disks is
 * unknown and counted as standard.
 */
final class Price {

  private Price() {}

  static double usdPerHour(WarmPool pool) {
    Prices prices = Prices.usEast1();
    long workers = (long) pool.driverCount() + pool.executorCount();
    Capacity total = pool.total();
    return total.vcpu() * prices.getVcpuHour()
        + total.memoryGb() * prices.getMemoryGbHour()
        + (total.diskGb() - workers * Prices.FREE_DISK_GB) * prices.getStorageGbHour();
  }

  static String perHour(WarmPool pool) {
    return String.format(
        Locale.ROOT, "USD %.2f per hour (%s)", usdPerHour(pool), Prices.usEast1().getSource());
  }
}
