package io.sparkgate.sandbox.lambda;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs something at a fixed rate, and skips a turn when it is still running. */
public final class Schedule implements AutoCloseable {

  /** Of what was interrupted; it kills processes, and a busy machine is slow at that. */
  private static final int LIMIT_SECONDS = 60;

  private final Runnable task;
  private final Runnable skipped;
  private final AtomicBoolean running = new AtomicBoolean();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "schedule"));
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(task -> daemon(task, "scheduled-function"));

  private Schedule(Runnable task, Runnable skipped) {
    this.task = task;
    this.skipped = skipped;
  }

  /**
   * Starts a schedule.
   *
   * @param first how long until the first turn, by the real clock
   * @param every by the real clock
   * @param task must not throw
   * @param skipped hears of a turn that fell into the one before
   */
  public static Schedule start(Duration first, Duration every, Runnable task, Runnable skipped) {
    Schedule schedule = new Schedule(task, skipped);
    schedule.clock.scheduleAtFixedRate(
        schedule::turn, first.toNanos(), Math.max(1, every.toNanos()), TimeUnit.NANOSECONDS);
    return schedule;
  }

  /** Ends the schedule, interrupts what runs and returns when it has ended. */
  @Override
  public void close() {
    clock.shutdownNow();
    worker.shutdownNow();
    try {
      if (!worker.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("what runs on a schedule does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void turn() {
    if (!running.compareAndSet(false, true)) {
      skipped.run();
      return;
    }
    try {
      worker.execute(
          () -> {
            try {
              task.run();
            } finally {
              running.set(false);
            }
          });
    } catch (RejectedExecutionException e) {
      // It was closed meanwhile.
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
