package io.sparkgate.benchmark.cost;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What ends idle sessions: what their callers asked for, and a reaper or none. */
record Variant(Callers callers, @Nullable Reaper reaper) {

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
