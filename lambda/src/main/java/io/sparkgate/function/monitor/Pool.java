package io.sparkgate.function.monitor;

import io.sparkgate.function.aws.Billed;
import io.sparkgate.function.aws.Capacity;
import io.sparkgate.function.aws.Work;
import io.sparkgate.function.reaper.SessionState;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pre-initialized workers that wait, as far as can be told: the service says how many there
 * are, and not who has one. A session takes a driver while it lives, and as many executors as Spark
 * begins with while it is busy; so does a job run.
 *
 * @param perHour what waits, for an hour
 * @param driver the size of one
 */
record Pool(Billed perHour, Billed driver) {

  /** What Spark begins with on the service: spark.dynamicAllocation.initialExecutors. */
  private static final int EXECUTORS = 3;

  /** What a session has that nobody sized. */
  private static final Billed STANDARD =
      new Billed(BigDecimal.valueOf(4), BigDecimal.valueOf(16), BigDecimal.ZERO);

  private static final Set<SessionState> WITH_DRIVER =
      Set.of(SessionState.STARTING, SessionState.STARTED, SessionState.IDLE, SessionState.BUSY);

  /**
   * Of an application.
   *
   * @param capacity null where it could not be read
   */
  static Pool of(@Nullable Capacity capacity, Collection<Known> all) {
    if (capacity == null) {
      return new Pool(Billed.NOTHING, STANDARD);
    }
    if (!capacity.started()) {
      return new Pool(Billed.NOTHING, capacity.drivers().size());
    }
    int drivers = 0;
    int working = 0;
    for (Known known : all) {
      Work work = known.work();
      boolean runs = known.runs();
      drivers += known.isLive() && WITH_DRIVER.contains(work.listed().state()) || runs ? 1 : 0;
      working += known.isLive() && work.in(SessionState.BUSY) || runs ? 1 : 0;
    }
    Billed waits =
        waiting(capacity.drivers(), drivers)
            .plus(waiting(capacity.executors(), working * EXECUTORS));
    return new Pool(waits, capacity.drivers().size());
  }

  boolean waits() {
    return perHour.vcpuHours().signum() > 0;
  }

  private static Billed waiting(Capacity.Workers workers, int taken) {
    int left = Math.max(0, workers.count() - taken);
    return workers.size().times(BigDecimal.valueOf(left));
  }
}
