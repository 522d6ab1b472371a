package io.sparkgate.benchmark.cost;

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
   * N. Virginia; x86 workers, arm64 functions. All from secondary sources. EMR Serverless: two
   * public repositories' price tables, of June and August 2026, that agree. Lambda: cloudchipr.com,
   * 2024. Scheduler: cloudburn.io, March 2026. CloudWatch: signoz.io, February 2026 (metrics),
   * c3x.dev, undated (alarms), factualminds.com, June 2026 (logs).
   */
  static final Prices US_EAST_1 =
      new Prices(
          "us-east-1", "USD", 0.052624, 0.0057785, 0.0000133334, 0.20, 1.00, 0.30, 0.10, 0.50);
}
