package io.sparkgate.internal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Token;

/** Whether values are known at synthesis. */
public final class Tokens {

  /** How the CDK writes a token into a text since its first version, and knows one again. */
  private static final Pattern TOKEN = Pattern.compile("\\$\\{Token\\[[a-zA-Z0-9:._-]+]}");

  private Tokens() {}

  /**
   * Whether a text is, or has, a token. Does not ask the CDK, which is another process and would
   * look for no more: the texts are hundreds.
   */
  public static boolean isUnresolved(@Nullable String value) {
    return value != null && TOKEN.matcher(value).find();
  }

  /** Whether something else is a token. */
  public static boolean isUnresolved(@Nullable Object value) {
    return value instanceof String text ? isUnresolved(text) : Token.isUnresolved(value);
  }
}
