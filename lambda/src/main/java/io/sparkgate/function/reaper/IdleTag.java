package io.sparkgate.function.reaper;

import java.time.Duration;
import java.util.Map;

/**
 * Lets a session ask for its own idle limit, in whole minutes, within bounds.
 *
 * @param key the tag whose value is asked
 */
public record IdleTag(String key, Duration min, Duration max) {

  /**
   * A limit and how it came about.
   *
   * @param note for the end of a reason; empty when there is nothing to say
   * @param readable whether the tag, if there is one, has a value that can be read
   */
  record Limit(Duration value, String note, boolean readable) {

    static Limit of(Duration value) {
      return new Limit(value, "", true);
    }
  }

  /** A value that cannot be read may have asked for the most, so that is what it gets. */
  Limit limit(Map<String, String> tags, Duration fallback) {
    String asked = tags.get(key);
    if (asked == null) {
      return Limit.of(fallback);
    }
    long minutes = minutes(asked);
    if (minutes <= 0) {
      Duration most = max.compareTo(fallback) > 0 ? max : fallback;
      String note =
          " (tag %s gets the most that it may ask for: \"%s\" is no whole number of minutes above 0;"
              + " write one like 90)";
      return new Limit(most, note.formatted(key, asked), false);
    }
    long given = Math.max(min.toMinutes(), Math.min(max.toMinutes(), minutes));
    String bounds =
        given == minutes ? "" : ", allowed %d..%d".formatted(min.toMinutes(), max.toMinutes());
    return new Limit(
        Duration.ofMinutes(given), " (tag %s asks %d%s)".formatted(key, minutes, bounds), true);
  }

  /** Not above 0 if it cannot be read; nor can 0 and -1, with which others mean "never". */
  private static long minutes(String asked) {
    try {
      return Long.parseLong(asked.strip());
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
