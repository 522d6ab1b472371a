package io.sparkgate.function.monitor;

import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.reaper.sweep.Operation;
import io.sparkgate.function.reaper.sweep.Pace;
import io.sparkgate.function.reaper.sweep.PacedTasks;
import io.sparkgate.function.reaper.sweep.TokenBucket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * What all parts of one pass work with.
 *
 * @param name of the function
 * @param now when it began
 * @param remaining time for calls
 */
record PassContext(
    String name,
    MonitorConfig config,
    EmrServerlessClient client,
    Calls calls,
    Pace pace,
    int connections,
    Supplier<Duration> remaining,
    Clock clock,
    Instant now,
    Memory memory,
    MonitorReport report) {

  private static final Duration MOST_KEPT = Duration.ofMinutes(1);

  /** The same with less time: what is kept back is for telling what was read. */
  PassContext forReading() {
    Duration fifth = remaining.get().dividedBy(5);
    Duration kept = fifth.compareTo(MOST_KEPT) < 0 ? fifth : MOST_KEPT;
    Supplier<Duration> less = () -> remaining.get().minus(kept);
    return new PassContext(
        name,
        config,
        client,
        new Calls(less, () -> Calls.LIMIT),
        pace,
        connections,
        less,
        clock,
        now,
        memory,
        report);
  }

  PacedTasks tasks() {
    return new PacedTasks(connections, remaining);
  }

  PacedTasks.Lane lane(PacedTasks tasks, Operation... calls) {
    return tasks.lane(Stream.of(calls).map(pace::of).toArray(TokenBucket[]::new));
  }

  @Nullable Warnings warnings() {
    return config.policy() == null ? null : new Warnings(config.policy(), config.warn());
  }
}
