package io.sparkgate.function.reaper.sweep;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks that make requests, on a few threads and as fast as the buckets allow. A task waits in
 * a lane for the tokens that the lane costs; while one lane waits, the others go on. Where several
 * could go, the lane that was made first does.
 *
 * <p>Once the time is up, tasks run without tokens: they are to find out for themselves that there
 * is no time, and to say what they leave undone.
 */
public final class PacedTasks {

  private final int threads;
  private final Supplier<Duration> remaining;
  private final List<Lane> lanes = new ArrayList<>();
  private final List<Thread> helpers = new ArrayList<>();
  private int waiting;
  private int running;
  private int idle;
  private @Nullable Throwable failure;

  /**
   * Without any task yet.
   *
   * @param threads at most, that of {@link #run} included
   * @param remaining the time that is left; zero or less when it is up
   */
  public PacedTasks(int threads, Supplier<Duration> remaining) {
    this.threads = threads;
    this.remaining = remaining;
  }

  /** A queue of tasks that cost the same. */
  public final class Lane {
    private final List<TokenBucket> cost;
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    private Lane(List<TokenBucket> cost) {
      this.cost = cost;
    }

    /** Adds a task, behind the others. */
    public void add(Runnable task) {
      queue(task, false);
    }

    /** Adds a task again whose request was rejected, before the others. */
    public void again(Runnable task) {
      queue(task, true);
    }

    private void queue(Runnable task, boolean first) {
      synchronized (PacedTasks.this) {
        if (first) {
          tasks.addFirst(task);
        } else {
          tasks.addLast(task);
        }
        waiting++;
        PacedTasks.this.notify();
      }
    }

    private Duration untilNext() {
      Duration longest = Duration.ZERO;
      for (TokenBucket bucket : cost) {
        Duration wait = bucket.untilNext();
        longest = wait.compareTo(longest) > 0 ? wait : longest;
      }
      return longest;
    }
  }

  /**
   * Adds a lane, behind those before it.
   *
   * @param cost the buckets from which each task takes a token
   */
  public Lane lane(TokenBucket... cost) {
    Lane lane = new Lane(List.of(cost));
    lanes.add(lane);
    return lane;
  }

  /**
   * Runs all tasks, those that they add included. What a task throws ends the run and is thrown
   * here.
   */
  public void run() {
    work();
    for (Thread helper : helpers) {
      join(helper);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (RuntimeException) failure;
    }
  }

  private void work() {
    try {
      Runnable task = next();
      while (task != null) {
        task.run();
        task = nextAfterOne();
      }
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private synchronized void fail(Throwable e) {
    failure = failure == null ? e : failure;
    running--;
    notifyAll();
  }

  private synchronized @Nullable Runnable nextAfterOne() {
    running--;
    return next();
  }

  private synchronized @Nullable Runnable next() {
    while (failure == null) {
      if (waiting == 0 && running == 0) {
        notifyAll();
        return null;
      }
      Duration left = remaining.get();
      boolean over = left.isNegative() || left.isZero();
      Duration wait = left;
      for (Lane lane : lanes) {
        if (lane.tasks.isEmpty()) {
          continue;
        }
        Duration until = over ? Duration.ZERO : lane.untilNext();
        if (until.isZero()) {
          if (!over) {
            lane.cost.forEach(TokenBucket::take);
          }
          return start(lane.tasks.removeFirst());
        }
        wait = until.compareTo(wait) < 0 ? until : wait;
      }
      await(waiting == 0 ? Duration.ZERO : wait);
    }
    return null;
  }

  private Runnable start(Runnable task) {
    waiting--;
    running++;
    if (waiting > 0) {
      // The one that was woken for the rest may be this one, and the others know of nothing.
      notify();
    }
    if (waiting > idle && helpers.size() + 1 < threads) {
      Thread helper = new Thread(this::work, "paced-" + (helpers.size() + 1));
      helper.setDaemon(true);
      helpers.add(helper);
      helper.start();
    }
    return task;
  }

  /** Until another task is there, or for so long if that is not zero. */
  private void await(Duration atMost) {
    idle++;
    try {
      wait(atMost.toMillis(), atMost.toNanosPart() % 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a request's turn", e);
    } finally {
      idle--;
    }
  }

  private static void join(Thread helper) {
    try {
      helper.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for requests to end", e);
    }
  }
}
