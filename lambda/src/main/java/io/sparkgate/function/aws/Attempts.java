package io.sparkgate.function.aws;

import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/** The attempts at one call: how many, how far apart, and until when. */
final class Attempts {

  private final Timer timer;
  private final Duration time;
  private final long end;
  private volatile boolean aborted;
  private int made;

  /**
   * All within this time.
   *
   * @param timer that knows when it is over
   */
  Attempts(Timer timer, Duration time) {
    this.timer = timer;
    this.time = time;
    this.end = System.nanoTime() + time.toNanos();
  }

  Duration time() {
    return time;
  }

  boolean over() {
    // The timer counts whole milliseconds, and may be early by a part of one.
    return aborted || left().isNegative() || left().isZero();
  }

  /** Waits for the next; false where there is none. */
  boolean another() {
    made++;
    Duration pause = ServiceClient.FIRST_DELAY.multipliedBy(1L << made);
    pause = pause.compareTo(ServiceClient.MAX_DELAY) < 0 ? pause : ServiceClient.MAX_DELAY;
    if (made >= ServiceClient.MAX_ATTEMPTS || pause.compareTo(left()) >= 0) {
      return false;
    }
    try {
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Aborts what takes longer than there is time.
   *
   * @return to be run when it has ended
   */
  Runnable abortingAtTheEnd(Runnable abort) {
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            aborted = true;
            abort.run();
          }
        };
    timer.schedule(task, Math.max(0, left().toMillis()));
    return task::cancel;
  }

  private Duration left() {
    return Duration.ofNanos(end - System.nanoTime());
  }
}
