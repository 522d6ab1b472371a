package io.sparkgate.benchmark.cost;

import java.time.Duration;

/**
 * How EMR Serverless treats a session.
 *
 * @param driver stays for as long as the session does, also idle
 * @param executors how many there are while a statement runs
 * @param executorIdle how long they stay after it
 * @param start from the call until the session takes statements
 * @param warmStart the same where a warm driver is taken
 * @param idleTimeout ends an idle session whose caller asked for nothing else
 * @param maxAge ends every session, even a busy one
 */
record Service(
    Worker driver,
    Worker executor,
    int executors,
    Duration executorIdle,
    Duration start,
    Duration warmStart,
    Duration idleTimeout,
    Duration maxAge) {

  /**
   * The defaults. Documented by AWS: both timeouts (Spark Connect sessions), 4 vCPU and 14 GB with
   * an overhead of a tenth in a worker of 16 GB, three executors at first, released after a minute
   * (defaults of job runs). Seen by others: 77 seconds to start, in a utility of AWS's own
   * (aws-emr-utilities, 2026). A start with warm workers was recorded once, at 61 seconds, asked
   * every ten, and whether the application had to start is not said; the guide has it that warm
   * workers answer within seconds, and 30 are assumed. Assumed: that sessions have the defaults of
   * job runs, that the driver is billed from the call on, and that statements use just those three
   * executors.
   */
  static final Service DEFAULT =
      new Service(
          new Worker(4, 16),
          new Worker(4, 16),
          3,
          Duration.ofSeconds(60),
          Duration.ofSeconds(77),
          Duration.ofSeconds(30),
          Duration.ofMinutes(60),
          Duration.ofHours(24));

  Service withWarmStart(Duration other) {
    return new Service(
        driver, executor, executors, executorIdle, start, other, idleTimeout, maxAge);
  }
}
