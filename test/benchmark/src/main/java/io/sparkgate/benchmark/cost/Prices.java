package io.sparkgate.benchmark.cost;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/**
 * List prices in one Region and currency, without any free tier, discount or tax. Not read from
 * AWS: check yours.
 *
 * @param vcpuHour EMR Serverless, one vCPU for an hour
 * @param gbHour EMR Serverless, one GB of memory for an hour; 20 GB of disk per worker are included
 * @param lambdaGbSecond Lambda, one GB of memory for a second
 * @param lambdaMillion Lambda, a million requests
 * @param schedulerMillion EventBridge Scheduler, a million invocations
 * @param metricMonth CloudWatch, a custom metric for a month
 * @param alarmMonth CloudWatch, a standard alarm for a month
 * @param logGb CloudWatch Logs, a GB taken in
 */
record Prices(
    String region,
    String currency,
    double vcpuHour,
    double gbHour,
    double lambdaGbSecond,
    double lambdaMillion,
    double schedulerMillion,
    double metricMonth,
    double alarmMonth,
    double logGb) {

  /**
   * N. Virginia; x86 workers, arm64 functions. All from secondary sources. EMR Serverless: the
   * prices that clients and constructs have, of prices.json. Lambda: cloudchipr.com, 2024.
   * Scheduler: cloudburn.io, March 2026. CloudWatch: signoz.io, February 2026 (metrics), c3x.dev,
   * undated (alarms), factualminds.com, June 2026 (logs).
   */
  static final Prices US_EAST_1 = of(listed("us-east-1"));

  private static Prices of(Map<?, ?> listed) {
    return new Prices(
        (String) listed.get("region"),
        "USD",
        ((Number) listed.get("vcpuHour")).doubleValue(),
        ((Number) listed.get("memoryGbHour")).doubleValue(),
        0.0000133334,
        0.20,
        1.00,
        0.30,
        0.10,
        0.50);
  }

  private static Map<?, ?> listed(String region) {
    try (InputStream file = Prices.class.getResourceAsStream("prices.json")) {
      return JSON.std.listFrom(Objects.requireNonNull(file)).stream()
          .<Map<?, ?>>map(entry -> (Map<?, ?>) entry)
          .filter(entry -> region.equals(entry.get("region")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
