package io.sparkgate.monitor;

import io.sparkgate.border.Configuration;
import io.sparkgate.internal.Known;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How much one owner may have of an application, which the service does not limit: sessions at
 * once, and dollars a day.
 *
 * <p>Nothing ends until {@link #enforce()} is called. Limits are new to people who had none, so
 * first see whom they hit: events and log say what would end ({@code dryRun} is true in them), and
 * the monitor is not even allowed to end a session. Forgetting the call costs money; forgetting a
 * dry run would cost somebody's work.
 *
 * <pre>{@code
 * OwnerLimits.none().atMost(3).dailyBudget(50).enforce()
 * }</pre>
 *
 * <p>An owner is warned before a session ends, as long before as the monitor warns of the reaper,
 * and the end is called off where the limit holds by then.
 *
 * <p>A session without an owner counts for who created it. Each method returns new limits.
 */
public final class OwnerLimits {

  private static final int MOST_SESSIONS = 1000;
  private static final int WARN_PERCENT = 80;
  private static final double LEAST_DOLLARS = 0.01;
  private static final double MOST_DOLLARS = 1_000_000;

  private OptionalInt sessions = OptionalInt.empty();
  private OptionalDouble dollars = OptionalDouble.empty();
  private String end = Configuration.LONGEST_IDLE;
  private OptionalInt warnPercent = OptionalInt.empty();
  private boolean dryRun = true;

  private OwnerLimits() {}

  /**
   * No limits.
   *
   * @return the limits
   */
  public static OwnerLimits none() {
    return new OwnerLimits();
  }

  /**
   * Ends what an owner has beyond so many live sessions, never one that works ({@code BUSY}) nor
   * one that is kept by its tag. Default: any number.
   *
   * @param sessions 1 to 1000; an application takes 25 of all owners unless AWS Support raised that
   * @return new limits
   * @throws IllegalArgumentException if it is none of these
   */
  public OwnerLimits atMost(int sessions) {
    Known.number("OwnerLimits: atMost", sessions);
    if (sessions < 1 || sessions > MOST_SESSIONS) {
      throw new IllegalArgumentException(
          "OwnerLimits: atMost received %s sessions, but takes 1 to %s; leave it out for any number"
              .formatted(sessions, MOST_SESSIONS));
    }
    return with(limits -> limits.sessions = OptionalInt.of(sessions));
  }

  /**
   * Warns an owner at 80 % of so many dollars a day (UTC), and ends its sessions beyond, but for
   * those that work or are kept by their tag. Default: any amount. Dollars are estimated: of live
   * sessions the service says no more than what it counted so far.
   *
   * @param dollars US dollars, 0.01 to 1,000,000
   * @return new limits
   * @throws IllegalArgumentException if it is none of these
   */
  public OwnerLimits dailyBudget(double dollars) {
    Known.number("OwnerLimits: dailyBudget", dollars);
    if (!(dollars >= LEAST_DOLLARS && dollars <= MOST_DOLLARS)) {
      throw new IllegalArgumentException(
          "OwnerLimits: dailyBudget received %s dollars, but takes %s to %.0f; leave it out for any amount"
              .formatted(dollars, LEAST_DOLLARS, MOST_DOLLARS));
    }
    return with(limits -> limits.dollars = OptionalDouble.of(dollars));
  }

  /**
   * Sets at which part of {@link #dailyBudget} an owner is warned; only with one. Default: 80.
   *
   * @param percent 1 to 100
   * @return new limits
   * @throws IllegalArgumentException if it is none of these
   */
  public OwnerLimits warnAt(int percent) {
    Known.number("OwnerLimits: warnAt", percent);
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException(
          "OwnerLimits: warnAt received %s percent, but takes 1 to 100".formatted(percent));
    }
    return with(limits -> limits.warnPercent = OptionalInt.of(percent));
  }

  /**
   * Ends, beyond {@link #atMost}, the sessions that were created last. Default: those that idle for
   * longest come first, and then the newest, because the one that somebody has just started is the
   * one that somebody sits at, and the longest idle is missed least. Ending the newest suits where
   * a live session's state is worth more than a new one's.
   *
   * @return new limits
   */
  public OwnerLimits endingNewest() {
    return with(limits -> limits.end = Configuration.NEWEST);
  }

  /**
   * Ends what is beyond the limits. Default: says what would end, and ends nothing.
   *
   * @return new limits
   */
  public OwnerLimits enforce() {
    return with(limits -> limits.dryRun = false);
  }

  boolean areOn() {
    return sessions.isPresent() || dollars.isPresent();
  }

  /** Whether a session may end by these. */
  boolean end() {
    return areOn() && !dryRun;
  }

  boolean haveBudget() {
    return dollars.isPresent();
  }

  /** What was said of limits that are none, and what to do; empty if all is of use. */
  Optional<String> idleTalk() {
    if (warnPercent.isPresent() && dollars.isEmpty()) {
      return Optional.of("warnAt, but no budget of which that is a part; call dailyBudget too");
    }
    if (end.equals(Configuration.NEWEST) && sessions.isEmpty()) {
      return Optional.of(
          "endingNewest, but no number of sessions beyond which they end; call atMost too");
    }
    return areOn() || dryRun
        ? Optional.empty()
        : Optional.of("enforce, but no limit; call atMost or dailyBudget too");
  }

  /** In the words of the function's configuration. */
  Map<String, Object> toConfiguration() {
    Map<String, Object> json = new LinkedHashMap<>();
    sessions.ifPresent(most -> json.put(Configuration.MAX_SESSIONS, most));
    json.put(Configuration.END, end);
    dollars.ifPresent(most -> json.put(Configuration.DAILY_DOLLARS, most));
    json.put(Configuration.WARN_PERCENT, warnPercent.orElse(WARN_PERCENT));
    json.put(Configuration.DRY_RUN, dryRun);
    return json;
  }

  private OwnerLimits with(Consumer<OwnerLimits> change) {
    OwnerLimits copy = new OwnerLimits();
    copy.sessions = sessions;
    copy.dollars = dollars;
    copy.end = end;
    copy.warnPercent = warnPercent;
    copy.dryRun = dryRun;
    change.accept(copy);
    return copy;
  }
}
