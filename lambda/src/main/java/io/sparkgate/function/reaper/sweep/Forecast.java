package io.sparkgate.function.reaper.sweep;

import java.time.Instant;
import java.util.Map;

/**
 * When something of an application can next be due.
 *
 * @param next before this, nothing can be, not even what did not exist yet
 * @param subjects before which moment each session or job run, by its id, cannot be
 */
record Forecast(Instant next, Map<String, Instant> subjects) {

  /** Of an application about which nothing is known. */
  static final Forecast NONE = new Forecast(Instant.MIN, Map.of());

  Forecast {
    subjects = Map.copyOf(subjects);
  }
}
