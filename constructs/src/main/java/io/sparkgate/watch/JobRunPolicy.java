package io.sparkgate.watch;

import static io.sparkgate.internal.Minutes.minutes;
import static io.sparkgate.internal.Minutes.shown;
import static io.sparkgate.internal.Minutes.wholeMinutesUpTo;
import static java.util.Objects.requireNonNull;

import io.sparkgate.access.SessionTags;
import io.sparkgate.border.Configuration;
import io.sparkgate.internal.Known;
import io.sparkgate.internal.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;

/**
 * When a job run is cancelled, and when never.
 *
 * <p>A job run in the states CANCELLING, CANCELLED, SUCCESS and FAILED is never touched. The tag
 * {@link SessionTags#KEEP_UNTIL} protects a job run from every rule as it does a session; the tags
 * of {@link #unlessTagged} do so for ever. A cancelled job run has the time to shut down that the
 * service gives by default. Each method returns a new policy.
 */
public final class JobRunPolicy {

  /** Thirty days: more is a mistake in the unit. */
  private static final int LONGEST_MINUTES = 30 * 24 * 60;

  private static final int MOST_CANCELLATIONS = 1000;

  /** Of a tag's key and value, in the service's model. */
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9 /_.:=+@-]{1,128}");

  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9 /_.:=+@-]{0,256}");

  private static final int MOST_TAGS = 3;

  /** What the variables of a function have left beside a hundred applications. */
  private static final int CHARACTERS_OF_TAGS = 150;

  /** What a token is taken for. */
  private static final int CHARACTERS_OF_A_TOKEN = 20;

  private @Nullable Duration stuckLimit;
  private @Nullable Duration streamingLimit;
  private @Nullable Duration batchLimit;
  private List<Map.Entry<String, String>> exemptions = List.of();
  private int maxCancellations = 25;
  private boolean dryRun = false;

  private JobRunPolicy() {}

  /**
   * Cancels nothing, and looks at no job run.
   *
   * @return the policy
   */
  public static JobRunPolicy none() {
    return new JobRunPolicy();
  }

  /**
   * Cancels job runs that have been waiting, in the states SUBMITTED, PENDING, SCHEDULED or QUEUED,
   * for longer than this. Default: they are kept; the application's own queue gives up one in
   * QUEUED after 6 hours, unless it is set up otherwise.
   *
   * @param limit since the job run's present attempt was created; whole minutes, 1 to 43,200, which
   *     is 30 days
   * @return a new policy
   * @throws IllegalArgumentException if it is anything else
   */
  public JobRunPolicy stuckAfter(Duration limit) {
    check("stuckAfter", limit);
    return with(policy -> policy.stuckLimit = limit);
  }

  /**
   * Cancels streaming job runs of this age, in every state. Default: they are kept; the service
   * sets no end to them.
   *
   * @param limit since the job run was created; whole minutes, 1 to 43,200, which is 30 days
   * @return a new policy
   * @throws IllegalArgumentException if it is anything else
   */
  public JobRunPolicy streamingAfter(Duration limit) {
    check("streamingAfter", limit);
    return with(policy -> policy.streamingLimit = limit);
  }

  /**
   * Cancels batch job runs of this age, in every state. Default: they are kept; the service ends
   * one after 12 hours, unless its caller says otherwise.
   *
   * @param limit since the job run was created; whole minutes, 1 to 43,200, which is 30 days
   * @return a new policy
   * @throws IllegalArgumentException if it is anything else
   */
  public JobRunPolicy batchAfter(Duration limit) {
    check("batchAfter", limit);
    return with(policy -> policy.batchLimit = limit);
  }

  /**
   * Never cancels job runs that have this tag, such as {@link SessionTags#OWNER} with the owner
   * whose job runs are to go on. Whoever may tag a job run can so protect it. Default: none; up to
   * three, of 150 characters in all.
   *
   * @param key the tag's key, to the letter
   * @param value the tag's whole value, to the letter
   * @return a new policy
   * @throws IllegalArgumentException if no job run can have such a tag, or there are too many
   */
  public JobRunPolicy unlessTagged(String key, String value) {
    checkPart("key", key, KEY, "1 to 128");
    checkPart("value", value, VALUE, "0 to 256");
    if (key.equals(SessionTags.KEEP_UNTIL)) {
      throw new IllegalArgumentException(
          ("JobRunPolicy: unlessTagged received the key '%s', which protects a job run anyway, until"
                  + " the time in its value; use another key")
              .formatted(key));
    }
    List<Map.Entry<String, String>> more = new ArrayList<>(exemptions);
    more.add(Map.entry(key, value));
    int characters =
        more.stream().mapToInt(tag -> length(tag.getKey()) + length(tag.getValue())).sum();
    if (more.size() > MOST_TAGS || characters > CHARACTERS_OF_TAGS) {
      throw new IllegalArgumentException(
          ("JobRunPolicy: unlessTagged received %d tags of %d characters, but takes %d of %d in all,"
                  + " which the function's variables have room for; give what is to be spared one"
                  + " tag in common")
              .formatted(more.size(), characters, MOST_TAGS, CHARACTERS_OF_TAGS));
    }
    return with(policy -> policy.exemptions = List.copyOf(more));
  }

  /**
   * Sets how many job runs one sweep may cancel, the most overdue of each application first, so
   * that a mistake in a policy stays small. Default: 25. A reaper with several functions divides
   * them, at least one each.
   *
   * @param maxCancellations 1 to 1000
   * @return a new policy
   * @throws IllegalArgumentException if it is anything else
   */
  public JobRunPolicy maxCancellations(int maxCancellations) {
    Known.number("JobRunPolicy: maxCancellations", maxCancellations);
    if (maxCancellations < 1 || maxCancellations > MOST_CANCELLATIONS) {
      throw new IllegalArgumentException(
          "JobRunPolicy: maxCancellations received %d, but takes 1 to %d; to cancel nothing use dryRun()"
              .formatted(maxCancellations, MOST_CANCELLATIONS));
    }
    return with(policy -> policy.maxCancellations = maxCancellations);
  }

  /**
   * Decides and reports like ever, and cancels nothing. What {@link IdlePolicy#dryRun} says is of
   * sessions only.
   *
   * @return a new policy
   */
  public JobRunPolicy dryRun() {
    return with(policy -> policy.dryRun = true);
  }

  /** Whether there is anything to look for. */
  boolean isOn() {
    return !limits().isEmpty();
  }

  /** Whether it says how to cancel, though nothing is. */
  boolean isIdleTalk() {
    return !isOn() && (dryRun || !exemptions.isEmpty());
  }

  /** The limits that were set, by the name of the method that sets them. */
  Map<String, Duration> limits() {
    Map<String, Duration> set = new LinkedHashMap<>();
    putIfSet(set, "stuckAfter", stuckLimit);
    putIfSet(set, "streamingAfter", streamingLimit);
    putIfSet(set, "batchAfter", batchLimit);
    return set;
  }

  /**
   * The policy in the words of the functions' configuration, but for the rates.
   *
   * @param functions among which the cancellations of a sweep are divided
   */
  Map<String, Object> toConfiguration(int functions) {
    Map<String, Object> json = new LinkedHashMap<>();
    putMinutes(json, Configuration.STUCK_MINUTES, stuckLimit);
    putMinutes(json, Configuration.STREAMING_MINUTES, streamingLimit);
    putMinutes(json, Configuration.BATCH_MINUTES, batchLimit);
    if (!exemptions.isEmpty()) {
      json.put(Configuration.UNLESS_TAGGED, exemptions.stream().map(JobRunPolicy::toJson).toList());
    }
    json.put(Configuration.MAX_CANCELLATIONS, Math.max(1, maxCancellations / functions));
    json.put(Configuration.DRY_RUN, dryRun);
    return json;
  }

  private static Map<String, Object> toJson(Map.Entry<String, String> tag) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(Configuration.TAG_KEY, tag.getKey());
    json.put(Configuration.TAG_VALUE, tag.getValue());
    return json;
  }

  private static void putIfSet(Map<String, Duration> set, String name, @Nullable Duration limit) {
    if (limit != null) {
      set.put(name, limit);
    }
  }

  private static void putMinutes(Map<String, Object> json, String name, @Nullable Duration limit) {
    if (limit != null) {
      json.put(name, minutes(limit));
    }
  }

  private static void check(String name, Duration limit) {
    requireNonNull(limit, "limit");
    if (limit.isUnresolved()) {
      throw new IllegalArgumentException("JobRunPolicy: " + name + Known.received("a duration"));
    }
    if (!wholeMinutesUpTo(LONGEST_MINUTES, limit)) {
      throw new IllegalArgumentException(
          ("JobRunPolicy: %s received %s minutes, but takes whole minutes from 1 to %d, 30 days; use"
                  + " one such as Duration.hours(12)")
              .formatted(name, shown(limit), LONGEST_MINUTES));
    }
  }

  private static void checkPart(String part, String text, Pattern allowed, String characters) {
    requireNonNull(text, part);
    if (!Tokens.isUnresolved(text) && !allowed.matcher(text).matches()) {
      throw new IllegalArgumentException(
          ("JobRunPolicy: unlessTagged received the %s '%s', but takes %s letters, digits, spaces and"
                  + " / _ . : = + @ -, as the service does for a tag; correct it")
              .formatted(part, text, characters));
    }
  }

  private static int length(String text) {
    return Tokens.isUnresolved(text) ? CHARACTERS_OF_A_TOKEN : text.length();
  }

  private JobRunPolicy with(Consumer<JobRunPolicy> change) {
    JobRunPolicy copy = new JobRunPolicy();
    copy.stuckLimit = stuckLimit;
    copy.streamingLimit = streamingLimit;
    copy.batchLimit = batchLimit;
    copy.exemptions = exemptions;
    copy.maxCancellations = maxCancellations;
    copy.dryRun = dryRun;
    change.accept(copy);
    return copy;
  }
}
