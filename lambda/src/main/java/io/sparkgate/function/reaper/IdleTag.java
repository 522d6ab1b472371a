package io.sparkgate.function.reaper;

import java.time.Duration;
import java.util.Map;

/**
 * Lets a session ask for its own idle limit, in whole minutes, within bounds.
 *
 * @param key the tag whose value is asked
 */
record IdleTag(String key, Duration min, Duration max) {

  /**
   * A limit and how it came about.
   *
   * @param note for the end of a reason; empty when there is nothing to say
   */
  record Limit(Duration value, String note) {}

  Limit limit(Map<String, String> tags, Duration fallback) {
    String asked = tags.get(key);
    if (asked == null) {
      return new Limit(fallback, "");
    }
    long minutes;
    try {
      minutes = Long.parseLong(asked);
    } catch (NumberFormatException e) {
      String note = " (tag %s ignored: \"%s\" is not a whole number of minutes)";
      return new Limit(fallback, note.formatted(key, asked));
    }
    long given = Math.max(min.toMinutes(), Math.min(max.toMinutes(), minutes));
    String bounds =
        given == minutes ? "" : ", allowed %d..%d".formatted(min.toMinutes(), max.toMinutes());
    return new Limit(
        Duration.ofMinutes(given), " (tag %s asks %d%s)".formatted(key, minutes, bounds));
  }
}
