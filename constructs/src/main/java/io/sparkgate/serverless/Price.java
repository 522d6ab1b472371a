package io.sparkgate.serverless;

import java.util.Locale;

/** What a warm pool costs per hour, for warnings only. */
final class Price {

  private Price() {}

  static double usdPerHour(WarmPool pool) {
    return Prices.usEast1().ofAnHour(pool);
  }

  static String perHour(WarmPool pool) {
    return String.format(
        Locale.ROOT, "USD %.2f per hour (%s)", usdPerHour(pool), Prices.usEast1().getSource());
  }
}
