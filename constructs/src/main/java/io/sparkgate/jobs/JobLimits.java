package io.sparkgate.jobs;

import io.sparkgate.access.SessionTags;
import io.sparkgate.internal.Known;
import io.sparkgate.internal.Minutes;
import io.sparkgate.internal.Tokens;
import java.util.Locale;
import java.util.OptionalInt;
import software.amazon.awscdk.Duration;

/**
 * What StartJobRun takes: the model of the service's API as it was in November 2026, and the tables
 * of its user guide. Tokens pass.
 */
final class JobLimits {

  static final String OWNER = SessionTags.OWNER;

  private static final int MAX_ARGUMENTS = 1_024;
  private static final int MAX_TRIES = 10;
  private static final long MAX_MINUTES = 1_000_000;

  /** The service takes 50, and one is the owner's. */
  private static final int MAX_TAGS = 49;

  private static final String TAG = "[A-Za-z0-9 /_.:=+@-]";

  private JobLimits() {}

  static String entryPoint(String url) {
    boolean possible = url.matches("(s3a?://[^/]+/|local:///).*\\S") && url.length() <= 4_096;
    return check(
        Tokens.isUnresolved(url) || possible,
        url,
        """
        entryPoint '%s' is nothing that the service can start; use s3://<bucket>/<key>, an Asset, \
        or local:///<path> for what the image has, up to 4,096 characters"""
            .formatted(url));
  }

  static void arguments(int number) {
    check(
        number <= MAX_ARGUMENTS,
        number,
        "%s arguments; use at most %s, or a file that lists them".formatted(number, MAX_ARGUMENTS));
  }

  static String confKey(String key) {
    return check(
        Tokens.isUnresolved(key) || key.matches("spark\\.\\S+"),
        key,
        """
        conf has the key '%s', which spark-submit would ignore; use one that begins with spark., \
        such as spark.hadoop.fs.s3.… for Hadoop's"""
            .formatted(key));
  }

  static OptionalInt tries(String property, int number, boolean fits, String other) {
    check(
        fits,
        number,
        """
        %s is not of this mode: a streaming job has maxFailedAttemptsPerHour and a batch job \
        maxAttempts; use %s"""
            .formatted(property, other));
    Known.number("SparkJob: " + property, number);
    check(
        number >= 1 && number <= MAX_TRIES,
        number,
        "%s is %s; use 1 to %s".formatted(property, number, MAX_TRIES));
    return OptionalInt.of(number);
  }

  static void requireBatch(String property, boolean streaming) {
    check(
        !streaming,
        property,
        property + " is of batch jobs: no time-out ends a streaming run; leave it out");
  }

  static Duration timeout(Duration timeout, boolean streaming) {
    requireBatch("executionTimeout", streaming);
    check(
        Known.isIn(timeout, "minutes"),
        timeout,
        Known.mustBeIn("executionTimeout", timeout, "minutes"));
    return check(
        timeout.isUnresolved() || Minutes.wholeMinutesUpTo(MAX_MINUTES, timeout),
        timeout,
        """
        executionTimeout is %s; use whole minutes from 1 to 1,000,000, or \
        withoutExecutionTimeout()"""
            .formatted(timeout.isUnresolved() ? "" : timeout.toHumanString()));
  }

  static String tagKey(String key) {
    boolean possible =
        key.matches(TAG + "{1,128}") && !key.toLowerCase(Locale.ROOT).startsWith("aws:");
    check(
        Tokens.isUnresolved(key) || possible,
        key,
        """
        tag '%s' is not the key of a tag; use 1 to 128 of A-Z a-z 0-9, spaces or _.:/=+-@, not \
        starting with aws:"""
            .formatted(key));
    return check(
        !key.equals(OWNER),
        key,
        """
        tag '%s' says whose the run is, and is set by whoever starts it; leave it out"""
            .formatted(key));
  }

  static String tagValue(String key, String value) {
    return check(
        Tokens.isUnresolved(value)
            || value.matches(TAG + "{0,256}") && !value.toLowerCase(Locale.ROOT).startsWith("aws:"),
        value,
        """
        tag '%s' has the value '%s', which is none; use up to 256 of A-Z a-z 0-9, spaces or \
        _.:/=+-@, not starting with aws:"""
            .formatted(key, value));
  }

  static void tags(int number) {
    check(
        number <= MAX_TAGS,
        number,
        "%s tags; use at most %s beside the owner's".formatted(number, MAX_TAGS));
  }

  static String name(String name) {
    return check(
        Tokens.isUnresolved(name) || !name.isBlank() && name.length() <= 256,
        name,
        "name '%s' is none; use 1 to 256 characters".formatted(name));
  }

  private static <T> T check(boolean well, T value, String problem) {
    if (!well) {
      throw new IllegalArgumentException("SparkJob: " + problem);
    }
    return value;
  }
}
