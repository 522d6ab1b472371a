package io.sparkgate.sandbox.spark;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** For how long a call may be silent, as a load balancer allows it. */
final class IdleLimit implements AutoCloseable {

  /** For ever. */
  static final IdleLimit NONE = new IdleLimit(Optional.empty());

  private final Optional<Duration> limit;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Threads.daemon("idle-limit"));

  private IdleLimit(Optional<Duration> limit) {
    this.limit = limit;
  }

  static IdleLimit of(Duration limit) {
    return new IdleLimit(Optional.of(limit));
  }

  /** Watches a call, and runs what cuts it where it is silent for too long. */
  IdleWatch watch(Runnable cut) {
    var watch = new IdleWatch(limit, cut, System::nanoTime);
    limit.ifPresent(some -> askIn(some.toNanos(), watch));
    return watch;
  }

  private void askIn(long nanos, IdleWatch watch) {
    timer.schedule(
        () -> {
          long rest = watch.look();
          if (rest > 0) {
            askIn(rest, watch);
          }
        },
        nanos,
        TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
