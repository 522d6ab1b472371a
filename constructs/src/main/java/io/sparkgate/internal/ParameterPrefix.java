package io.sparkgate.internal;

import java.util.regex.Pattern;

/** How names in Parameter Store may begin. */
public final class ParameterPrefix {

  /**
   * At most 15 levels, the name included, of which the first does not begin with aws or ssm, says
   * the user guide of Systems Manager, "Understanding parameter name requirements and constraints".
   */
  private static final Pattern LEGAL = Pattern.compile("(?i)(?!/(aws|ssm))(/[a-z0-9_.-]+){1,14}");

  /** AWS counts 1011 with the ARN before the name, which has 43 to 60; the longest name has 19. */
  private static final int MAX_LENGTH = 900;

  private ParameterPrefix() {}

  /** Fails for what no name begins with; a token may be any. */
  public static void check(Findings findings, String property, String prefix) {
    findings.errorIf(
        !Tokens.isUnresolved(prefix)
            && (!LEGAL.matcher(prefix).matches() || prefix.length() > MAX_LENGTH),
        """
        %s received '%s', but takes 1 to 14 levels, each a slash and a-z A-Z 0-9 _ . -, at \
        most %d characters, the first level not beginning with aws or ssm; write it like \
        /sparkgate/dev"""
            .formatted(property, prefix, MAX_LENGTH));
  }
}
