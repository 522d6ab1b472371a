package io.sparkgate.internal;

import java.util.Locale;
import java.util.function.Supplier;
import software.amazon.awscdk.Annotations;
import software.constructs.IConstruct;

/** How constructs speak: an error stops the synthesis, a warning can be acknowledged by its id. */
public final class Findings {

  private static final String WARNING_PREFIX = "@sparkgate/constructs:";

  private final IConstruct construct;

  /**
   * Makes the findings of one construct.
   *
   * @param construct whose path stands before each error
   */
  public Findings(IConstruct construct) {
    this.construct = construct;
  }

  /**
   * Fails if something can never work.
   *
   * @param wrong whether it is so
   * @param message the property, the value received, the values allowed, and what to do
   * @throws IllegalArgumentException if it is
   */
  public void errorIf(boolean wrong, Supplier<String> message) {
    if (wrong) {
      throw error(message.get());
    }
  }

  /**
   * Fails if a number is a token.
   *
   * @param property that received it
   * @param number what was received
   * @throws IllegalArgumentException if it is
   */
  public void known(String property, int number) {
    Known.number(construct.getNode().getPath() + ": " + property, number);
  }

  /**
   * Fails if something can never work.
   *
   * @param wrong whether it is so
   * @param format the property, the value received, the values allowed, and what to do
   * @param args for the format; worked out even if nothing is wrong
   * @throws IllegalArgumentException if it is
   */
  public void errorIf(boolean wrong, String format, Object... args) {
    if (wrong) {
      throw error(format, args);
    }
  }

  /**
   * Returns an error that names the construct.
   *
   * @param format the property, the value received, the values allowed, and what to do
   * @param args for the format; without any it is taken as it is
   * @return the error, to be thrown
   */
  public IllegalArgumentException error(String format, Object... args) {
    return new IllegalArgumentException(construct.getNode().getPath() + ": " + text(format, args));
  }

  /**
   * Warns if something is probably wrong.
   *
   * @param doubtful whether it is so
   * @param id behind {@code @sparkgate/constructs:}
   * @param message what is so, and what to do
   */
  public void warnIf(boolean doubtful, String id, Supplier<String> message) {
    if (doubtful) {
      warn(id, message.get());
    }
  }

  /**
   * Warns if something is probably wrong.
   *
   * @param doubtful whether it is so
   * @param id behind {@code @sparkgate/constructs:}
   * @param format what is so, and what to do
   * @param args for the format; worked out even if nothing is doubtful
   */
  public void warnIf(boolean doubtful, String id, String format, Object... args) {
    if (doubtful) {
      warn(id, format, args);
    }
  }

  /**
   * Warns of what is probably wrong.
   *
   * @param id behind {@code @sparkgate/constructs:}
   * @param format what is so, and what to do
   * @param args for the format; without any it is taken as it is
   */
  public void warn(String id, String format, Object... args) {
    Annotations.of(construct).addWarningV2(WARNING_PREFIX + id, text(format, args));
  }

  private static String text(String format, Object... args) {
    return args.length == 0 ? format : String.format(Locale.ROOT, format, args);
  }
}
