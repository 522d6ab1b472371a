package io.sparkgate.serverless;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Known;
import io.sparkgate.internal.Minutes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.emrserverless.CfnApplication.SchedulerConfigurationProperty;

/**
 * How many job runs of an application run at a time, and how long others wait for their turn: the
 * scheduler configuration of the application, of release 7.0.0 or later. Sessions never wait in it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/applications-concurrency-queuing.html">Job
 *     concurrency and queuing</a>
 */
public final class JobQueue {

  private static final int MOST_RUNS = 1000;
  private static final int LEAST_MINUTES = 15;
  private static final int MOST_MINUTES = 720;

  private final int concurrentRuns;
  private final @Nullable Duration timeout;

  private JobQueue(int concurrentRuns, @Nullable Duration timeout) {
    this.concurrentRuns = concurrentRuns;
    this.timeout = timeout;
  }

  /**
   * A queue. The service's own has 15 runs and 360 minutes.
   *
   * @param concurrentRuns how many run at a time, 1 to 1000
   * @param timeout how long a job run waits before it fails, 15 to 720 whole minutes; a token must
   *     be in minutes
   * @return the queue
   * @throws IllegalArgumentException if a number is out of range
   */
  public static JobQueue of(int concurrentRuns, Duration timeout) {
    requireNonNull(timeout, "timeout");
    if (Known.number("JobQueue: concurrentRuns", concurrentRuns) < 1
        || concurrentRuns > MOST_RUNS) {
      throw new IllegalArgumentException(
          "JobQueue: concurrentRuns is %d; use 1 to %d".formatted(concurrentRuns, MOST_RUNS));
    }
    if (!Known.isIn(timeout, "minutes")) {
      throw new IllegalArgumentException(
          "JobQueue: " + Known.mustBeIn("timeout", timeout, "minutes"));
    }
    if (!timeout.isUnresolved()
        && !(Minutes.wholeMinutesUpTo(MOST_MINUTES, timeout)
            && Minutes.minutes(timeout) >= LEAST_MINUTES)) {
      throw new IllegalArgumentException(
          "JobQueue: timeout is %s minutes; use whole minutes from %d to %d"
              .formatted(Minutes.shown(timeout), LEAST_MINUTES, MOST_MINUTES));
    }
    return new JobQueue(concurrentRuns, timeout);
  }

  /**
   * No queue, so that a job run starts at once or fails. Only releases before 7.3.0 can be without:
   * since then the service queues by default and documents no way to switch it off.
   *
   * @return no queue
   */
  public static JobQueue off() {
    return new JobQueue(0, null);
  }

  boolean isOff() {
    return timeout == null;
  }

  Optional<SchedulerConfigurationProperty> render() {
    return Optional.ofNullable(timeout)
        .map(
            waits ->
                SchedulerConfigurationProperty.builder()
                    .maxConcurrentRuns(concurrentRuns)
                    .queueTimeoutMinutes(waits.toMinutes())
                    .build());
  }
}
