package io.sparkgate.internal;

import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awscdk.Duration;

/** Values that checks need, so that a token in their place is refused in one sentence. */
public final class Known {

  /** What every token for a number becomes as an int: the CDK encodes them near -1.9E289. */
  private static final int TOKEN = Integer.MIN_VALUE;

  private static final double TOKENS_BELOW = -1e280;

  private Known() {}

  /** Returns a number that is known at synthesis. */
  public static int number(String where, int number) {
    if (number == TOKEN) {
      throw new IllegalArgumentException(where + received("a number"));
    }
    return number;
  }

  /** Returns a number, whole or not, that is known at synthesis. */
  public static double number(String where, double number) {
    if (number < TOKENS_BELOW) {
      throw new IllegalArgumentException(where + received("a number"));
    }
    return number;
  }

  /** Says that a value is a token where checks need it. */
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
   */
  public static <T> Optional<T> ifKnown(Supplier<T> attribute) {
    try {
      return Optional.of(attribute.get());
    } catch (RuntimeException unknown) {
      return Optional.empty();
    }
  }

  /** Whether a duration can be rendered in, say, {@code minutes}: a token only in its own unit. */
  public static boolean isIn(Duration duration, String unit) {
    return !duration.isUnresolved() || duration.unitLabel().equals(unit);
  }

  /** Says that a duration is a token in a unit that it cannot leave. */
  public static String mustBeIn(String property, Duration duration, String unit) {
    return "%s received %s that are known only when the stack is deployed, and cannot be converted then; use Duration.%s of a number of %s"
        .formatted(property, duration.unitLabel(), unit, unit);
  }
}
