package io.sparkgate.internal;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awscdk.Duration;

/** Values that checks need, so that a token in their place is refused in one sentence. */
public final class Known {

  /** What every token for a number becomes as an int: the CDK encodes them near -1.9E289. */
  private static final int TOKEN = Integer.MIN_VALUE;

  private Known() {}

  /**
   * Returns a number that is known at synthesis.
   *
   * @param where the construct or value type and the property
   * @param number what was received
   * @return the same number
   * @throws IllegalArgumentException if it is a token
   */
  public static int number(String where, int number) {
    if (number == TOKEN) {
      throw new IllegalArgumentException(where + received("a number"));
    }
    return number;
  }

  /**
   * Says that a value is a token where checks need it.
   *
   * @param kind what was received, with its article
   * @return the message of an error, behind the property
   */
  public static String received(String kind) {
    return " received "
        + kind
        + " that is known only when the stack is deployed, such as a CfnParameter; checks need it"
        + " at synthesis: take it from the context (cdk.json or -c), and a stack for each"
        + " environment";
  }

  /**
   * Returns what may not be known: imported things throw, by jsii no narrower type, when asked for
   * what nobody told them.
   *
   * @param <T> the type of the value
   * @param attribute asks
   * @return empty if it is not known
   */
  public static <T> Optional<T> ifKnown(Supplier<T> attribute) {
    try {
      return Optional.of(attribute.get());
    } catch (RuntimeException unknown) {
      return Optional.empty();
    }
  }

  /**
   * Whether a duration can be rendered in a unit: a token only in the unit it was made in.
   *
   * @param duration what was received
   * @param unit in the plural, such as {@code minutes}
   * @return false for a token in another unit
   */
  public static boolean isIn(Duration duration, String unit) {
    return !duration.isUnresolved() || duration.unitLabel().equals(unit);
  }

  /**
   * Says that a duration is a token in a unit that it cannot leave.
   *
   * @param property that received it
   * @param duration what was received
   * @param unit in the plural, such as {@code minutes}
   * @return the message of an error
   */
  public static String mustBeIn(String property, Duration duration, String unit) {
    return "%s received %s that are known only when the stack is deployed, and cannot be converted then; use Duration.%s of a number of %s"
        .formatted(property, duration.unitLabel(), unit, unit);
  }
}
