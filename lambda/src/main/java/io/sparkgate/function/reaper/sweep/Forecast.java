package io.sparkgate.function.reaper.sweep;

import java.time.Instant;
import java.util.Map;

/**
 * When something of an application can next be due.
 *
 * @param next before this, nothing can be, not even a session that did not exist yet
 * @param sessions before which moment each session, by its id, cannot be
 */
record Forecast(Instant next, Map<String, Instant> sessions) {

  /** Of an application about which nothing is known. */
  static final Forecast NONE = new Forecast(Instant.MIN, Map.of());

  Forecast {
    sessions = Map.copyOf(sessions);
  }
}
