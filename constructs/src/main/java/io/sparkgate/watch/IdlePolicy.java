package io.sparkgate.watch;

import static java.util.Objects.requireNonNull;

import io.sparkgate.access.SessionTags;
import io.sparkgate.border.Configuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;

/**
 * When a session is terminated, and when never.
 *
 * <p>A session that the service reports as busy is never terminated for idleness, nor is one of
 * which the service does not say since when it idles. AWS does not document as what it reports work
 * without a request, such as a streaming query. The tag {@link SessionTags#KEEP_UNTIL} protects a
 * session from every rule until the time in its value; where that cannot be read, for 4 hours from
 * when the session was due. All limits are whole minutes; each method returns a new policy.
 */
public final class IdlePolicy {

  private final Duration idleLimit;
  private @Nullable Duration shortestByTag;
  private @Nullable Duration longestByTag;
  private @Nullable Duration maxAge;
  private @Nullable Duration startingLimit = Duration.minutes(30);
  private @Nullable Duration unusedLimit;
  private Duration sessionLifetime = Duration.hours(24);
  private int maxTerminations = 25;
  private boolean dryRun = false;

  private IdlePolicy(Duration idleLimit) {
    this.idleLimit = requireNonNull(idleLimit, "idleLimit");
  }

  /**
   * Terminates sessions that have been idle for longer than this.
   *
   * @param idleLimit since the service reports the session as idle
   * @return the policy
   */
  public static IdlePolicy terminateAfter(Duration idleLimit) {
    return new IdlePolicy(idleLimit);
  }

  /**
   * What a reaper does that was told no policy: terminates sessions that have been idle for an
   * hour.
   *
   * @return the policy
   */
  public static IdlePolicy standard() {
    return terminateAfter(Duration.minutes(60));
  }

  /**
   * Lets a session choose its own limit with the tag {@link SessionTags#IDLE_MINUTES}; values
   * outside the bounds are brought within them, and one that is no number gets the longest.
   * Default: the tag is ignored.
   *
   * @param shortest the least that a tag may ask for
   * @param longest the most that a tag may ask for
   * @return a new policy
   */
  public IdlePolicy limitByTag(Duration shortest, Duration longest) {
    return with(
        policy -> {
          policy.shortestByTag = requireNonNull(shortest, "shortest");
          policy.longestByTag = requireNonNull(longest, "longest");
        });
  }

  /**
   * Terminates sessions of this age, even busy ones. Default: none; the service itself ends a
   * session after 24 hours.
   *
   * @param maxAge since the session was created
   * @return a new policy
   */
  public IdlePolicy maxAge(Duration maxAge) {
    return with(policy -> policy.maxAge = requireNonNull(maxAge, "maxAge"));
  }

  /**
   * Terminates sessions that have been starting for longer than this. Default: 30 minutes, twice
   * what clients commonly wait.
   *
   * @param startingLimit since the session was created
   * @return a new policy
   */
  public IdlePolicy startingLimit(Duration startingLimit) {
    return with(policy -> policy.startingLimit = requireNonNull(startingLimit, "startingLimit"));
  }

  /**
   * Terminates sessions that started and were never used, of which the service reports no idleness
   * at all. Default: they are kept.
   *
   * @param unusedLimit since the session started
   * @return a new policy
   */
  public IdlePolicy unusedLimit(Duration unusedLimit) {
    return with(policy -> policy.unusedLimit = requireNonNull(unusedLimit, "unusedLimit"));
  }

  /**
   * Sets how long the service lets a session live, for accounts in which AWS Support changed it; no
   * limit may be longer. Default: 24 hours.
   *
   * @param sessionLifetime the hard limit of the service
   * @return a new policy
   */
  public IdlePolicy sessionLifetime(Duration sessionLifetime) {
    return with(
        policy -> policy.sessionLifetime = requireNonNull(sessionLifetime, "sessionLifetime"));
  }

  /**
   * Sets how many sessions one sweep may terminate, so that a mistake in a policy stays small.
   * Default: 25, the sessions that one application may have at once. A reaper with several
   * functions divides them, at least one each.
   *
   * @param maxTerminations 1 to 1000
   * @return a new policy
   */
  public IdlePolicy maxTerminations(int maxTerminations) {
    return with(policy -> policy.maxTerminations = maxTerminations);
  }

  /**
   * Decides and reports like ever, and terminates nothing.
   *
   * @return a new policy
   */
  public IdlePolicy dryRun() {
    return with(policy -> policy.dryRun = true);
  }

  Duration idleLimit() {
    return idleLimit;
  }

  Duration sessionLifetime() {
    return sessionLifetime;
  }

  int maxTerminations() {
    return maxTerminations;
  }

  /** The bounds of {@link #limitByTag}; none where tags are ignored. */
  List<Duration> boundsByTag() {
    return shortestByTag == null || longestByTag == null
        ? List.of()
        : List.of(shortestByTag, longestByTag);
  }

  /** The limits that were set, by the name of the method that sets them. */
  Map<String, Duration> limits() {
    Map<String, @Nullable Duration> all = new LinkedHashMap<>();
    all.put("terminateAfter", idleLimit);
    all.put("limitByTag (shortest)", shortestByTag);
    all.put("limitByTag (longest)", longestByTag);
    all.put("maxAge", maxAge);
    all.put("startingLimit", startingLimit);
    all.put("unusedLimit", unusedLimit);
    Map<String, Duration> set = new LinkedHashMap<>();
    all.forEach(
        (name, limit) -> {
          if (limit != null) {
            set.put(name, limit);
          }
        });
    return set;
  }

  /**
   * The policy in the words of the functions' configuration.
   *
   * @param functions among which the terminations of a sweep are divided
   */
  Map<String, Object> toConfiguration(int functions) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(Configuration.IDLE_MINUTES, idleLimit.toMinutes());
    if (shortestByTag != null && longestByTag != null) {
      Map<String, Object> byTag = new LinkedHashMap<>();
      byTag.put(Configuration.IDLE_TAG_KEY, SessionTags.IDLE_MINUTES);
      byTag.put(Configuration.IDLE_TAG_MIN_MINUTES, shortestByTag.toMinutes());
      byTag.put(Configuration.IDLE_TAG_MAX_MINUTES, longestByTag.toMinutes());
      json.put(Configuration.IDLE_TAG, byTag);
    }
    json.put(Configuration.KEEP_TAG, SessionTags.KEEP_UNTIL);
    putMinutes(json, Configuration.MAX_AGE_MINUTES, maxAge);
    putMinutes(json, Configuration.STARTING_MINUTES, startingLimit);
    putMinutes(json, Configuration.UNUSED_MINUTES, unusedLimit);
    json.put(Configuration.MAX_TERMINATIONS, Math.max(1, maxTerminations / functions));
    json.put(Configuration.DRY_RUN, dryRun);
    return json;
  }

  private static void putMinutes(Map<String, Object> json, String name, @Nullable Duration limit) {
    if (limit != null) {
      json.put(name, limit.toMinutes());
    }
  }

  private IdlePolicy with(Consumer<IdlePolicy> change) {
    IdlePolicy copy = new IdlePolicy(idleLimit);
    copy.shortestByTag = shortestByTag;
    copy.longestByTag = longestByTag;
    copy.maxAge = maxAge;
    copy.startingLimit = startingLimit;
    copy.unusedLimit = unusedLimit;
    copy.sessionLifetime = sessionLifetime;
    copy.maxTerminations = maxTerminations;
    copy.dryRun = dryRun;
    change.accept(copy);
    return copy;
  }
}
