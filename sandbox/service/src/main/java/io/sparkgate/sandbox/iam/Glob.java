package io.sparkgate.sandbox.iam;

import java.util.Locale;

/**
 * Text of a policy whose wildcards are told apart from the same characters in the values of policy
 * variables: a session name {@code *} must not match everybody.
 */
final class Glob {

  /** Private-use characters stand for the wildcards. */
  private static final char ANY = '\uE000';

  private static final char ONE = '\uE001';

  private final String text;

  private Glob(String text) {
    this.text = text;
  }

  /** Where {@code *} and {@code ?} are wildcards. */
  static Glob of(String written) {
    return new Glob(written.replace('*', ANY).replace('?', ONE));
  }

  /** Where they are themselves. */
  static Glob literally(String value) {
    return new Glob(value);
  }

  Glob followedBy(Glob more) {
    return new Glob(text + more.text);
  }

  /** As operators see it that know no wildcards. */
  String plain() {
    return text.replace(ANY, '*').replace(ONE, '?');
  }

  boolean matches(String value) {
    return matches(text, value);
  }

  boolean matchesIgnoringCase(String value) {
    return matches(text.toLowerCase(Locale.ROOT), value.toLowerCase(Locale.ROOT));
  }

  /** A wildcard does not reach over a colon, except in the resource at the end of an ARN. */
  boolean matchesArn(String arn) {
    if (text.equals(String.valueOf(ANY))) {
      return true;
    }
    String[] patterns = text.split(":", 6);
    String[] parts = arn.split(":", 6);
    if (patterns.length != parts.length) {
      return false;
    }
    for (int i = 0; i < parts.length; i++) {
      if (!matches(patterns[i], parts[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String pattern, String value) {
    int p = 0;
    int v = 0;
    int afterAny = -1;
    int retry = 0;
    while (v < value.length()) {
      if (p < pattern.length() && pattern.charAt(p) == ANY) {
        afterAny = ++p;
        retry = v;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == ONE || pattern.charAt(p) == value.charAt(v))) {
        p++;
        v++;
      } else if (afterAny >= 0) {
        // The last * takes one more character.
        p = afterAny;
        v = ++retry;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == ANY) {
      p++;
    }
    return p == pattern.length();
  }
}
