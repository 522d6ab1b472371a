package io.sparkgate.benchmark.cost;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What ends idle sessions, and what makes starts quick: what callers asked for, and what the
 * platform has of each of these.
 */
record Variant(
    Callers callers, @Nullable Reaper reaper, @Nullable WarmPool pool, @Nullable OwnerLimit limit) {

  Variant(Callers callers, @Nullable Reaper reaper) {
    this(callers, reaper, null, null);
  }

  Variant with(WarmPool other) {
    return new Variant(callers, reaper, other, limit);
  }

  Variant with(OwnerLimit other) {
    return new Variant(callers, reaper, pool, other);
  }

  /**
   * The end of a session that nobody uses any more; all in seconds since the month began. What
   * comes first ends it: the timeout that its caller asked for, the service's greatest age, or the
   * reaper.
   */
  long ends(long created, long idleSince, Duration timeout, Service service) {
    long byService =
        Math.min(idleSince + timeout.toSeconds(), created + service.maxAge().toSeconds());
    return reaper == null ? byService : Math.min(byService, reaper.ends(idleSince));
  }
}
