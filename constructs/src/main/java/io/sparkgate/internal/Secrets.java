package io.sparkgate.internal;

import java.util.regex.Pattern;

/** Settings of Spark that nobody should read, in a template or in an error. */
public final class Secrets {

  private static final Pattern KEY =
      Pattern.compile("(?i).*(password|passwd|secret|token|(api|access|secret)[._-]?key)");
  private static final String REFERENCE = "EMR.secret@";

  private Secrets() {}

  /** Whether a setting looks like a secret in plain text. */
  public static boolean isPlain(String key, String value) {
    return KEY.matcher(key).matches()
        && !value.isEmpty()
        && !value.startsWith(REFERENCE)
        && !Tokens.isUnresolved(value);
  }
}
