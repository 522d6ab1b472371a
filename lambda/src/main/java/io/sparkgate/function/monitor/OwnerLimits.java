package io.sparkgate.function.monitor;

import io.sparkgate.border.Configuration;
import io.sparkgate.function.ConfigObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one owner may have, over all applications of the function.
 *
 * @param maxSessions that live; null for any number
 * @param end which end first where there are more; null where none is to end
 * @param dailyDollars in a day of UTC; null for any
 * @param warnPercent of those dollars, from which on it is told
 * @param dryRun whether to stop short of ending
 * @param warn how long an owner knows of an end before it comes; zero for not at all
 */
record OwnerLimits(
    @Nullable Integer maxSessions,
    @Nullable Order end,
    @Nullable BigDecimal dailyDollars,
    int warnPercent,
    boolean dryRun,
    Duration warn) {

  /** Which session ends first. */
  enum Order {
    /** Where it loses the least work; of those that are not idle, the newest. */
    LONGEST_IDLE,
    NEWEST
  }

  private static final int MOST_SESSIONS = 10_000;
  private static final int MOST_DOLLARS = 1_000_000;
  private static final double LEAST_DOLLARS = 0.01;
  private static final Pattern ORDERS =
      Pattern.compile(Configuration.LONGEST_IDLE + "|" + Configuration.NEWEST);

  static OwnerLimits read(ConfigObject whole) {
    ConfigObject config =
        whole.object(
            Configuration.OWNERS,
            List.of(
                Configuration.MAX_SESSIONS,
                Configuration.END,
                Configuration.DAILY_DOLLARS,
                Configuration.WARN_PERCENT,
                Configuration.DRY_RUN,
                Configuration.WARN_MINUTES));
    boolean budget = config.has(Configuration.DAILY_DOLLARS);
    return new OwnerLimits(
        config.has(Configuration.MAX_SESSIONS) || !budget
            ? config.whole(Configuration.MAX_SESSIONS, 1, MOST_SESSIONS)
            : null,
        config.has(Configuration.END) ? order(config) : null,
        budget
            ? BigDecimal.valueOf(
                config.number(Configuration.DAILY_DOLLARS, LEAST_DOLLARS, MOST_DOLLARS))
            : null,
        budget ? config.whole(Configuration.WARN_PERCENT, 1, 100) : 100,
        config.flag(Configuration.DRY_RUN),
        config.has(Configuration.WARN_MINUTES)
            ? Duration.ofMinutes(
                config.whole(Configuration.WARN_MINUTES, 1, MonitorConfig.MOST_WARN_MINUTES))
            : Duration.ZERO);
  }

  private static Order order(ConfigObject config) {
    return config.text(Configuration.END, ORDERS).equals(Configuration.NEWEST)
        ? Order.NEWEST
        : Order.LONGEST_IDLE;
  }
}
