package io.sparkgate.internal;

import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Token;

/** Whether values are known at synthesis. */
public final class Tokens {

  /** How the CDK writes a token into a text, since its first version. */
  private static final String MARK = "${Token[";

  private Tokens() {}

  /**
   * Whether a text is, or has, a token. Asks the CDK, which is another process, only about texts
   * that look like it: most do not, and they are hundreds.
   */
  public static boolean isUnresolved(@Nullable String value) {
    return value != null && value.contains(MARK) && Token.isUnresolved(value);
  }

  /** Whether something else is a token. */
  public static boolean isUnresolved(@Nullable Object value) {
    return value instanceof String text ? isUnresolved(text) : Token.isUnresolved(value);
  }
}
