package io.sparkgate.data;

import io.sparkgate.internal.Place;
import io.sparkgate.internal.Tokens;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names and ARNs that users write, and that become exact resources of statements. */
final class Arns {

  private static final Pattern WILDCARD = Pattern.compile("[*?]");

  private Arns() {}

  /** Fails for what is no such ARN, has wildcards or names everything; tokens pass. */
  static String require(String where, String arn, String form, String example) {
    if (!Tokens.isUnresolved(arn) && !arn.matches(form)) {
      throw new IllegalArgumentException(
          "%s received '%s', but takes one whole ARN without wildcards, such as %s"
              .formatted(where, arn, example));
    }
    return arn;
  }

  /** Fails for a name that is empty or would match others too; tokens pass. */
  static String name(String where, String what, String name, String form) {
    if (WILDCARD.matcher(name).find() || !Tokens.isUnresolved(name) && !name.matches(form)) {
      throw new IllegalArgumentException(
          "%s received the %s '%s', but takes one name without wildcards (%s)"
              .formatted(where, what, name, form));
    }
    return name;
  }

  /** Where it is; empty for tokens. */
  static Optional<Place> place(String arn) {
    String[] parts = arn.split(":", 6);
    return Tokens.isUnresolved(arn) || parts.length < 6
        ? Optional.empty()
        : Optional.of(new Place(parts[4], parts[3]));
  }
}
