package io.sparkgate.internal;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.TimeConversionOptions;

/** Durations that are known, in minutes: the service and CloudFormation count in whole ones. */
public final class Minutes {

  private static final TimeConversionOptions FRACTIONS =
      TimeConversionOptions.builder().integral(false).build();

  private Minutes() {}

  /** Whether a duration is one or more whole minutes. */
  public static boolean wholeMinutesUpTo(long most, Duration duration) {
    double minutes = exact(duration);
    return minutes >= 1 && minutes <= most && minutes == Math.rint(minutes);
  }

  /** Returns the whole minutes of a duration. */
  public static long minutes(Duration duration) {
    return (long) exact(duration);
  }

  /** Returns the minutes of a duration as an error shows them. */
  public static String shown(Duration duration) {
    double minutes = exact(duration);
    return minutes == Math.rint(minutes) ? Long.toString((long) minutes) : Double.toString(minutes);
  }

  private static double exact(Duration duration) {
    return duration.toMinutes(FRACTIONS).doubleValue();
  }
}
