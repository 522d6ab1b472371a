package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import java.util.regex.Pattern;
import software.amazon.awscdk.Token;

/** The name of the application. */
final class NameChecks {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._/#-]{1,64}");
  static final Pattern ACCOUNT = Pattern.compile("(?<!\\d)\\d{12}(?!\\d)");

  private NameChecks() {}

  static void checkName(Findings findings, String name) {
    if (Token.isUnresolved(name)) {
      return;
    }
    findings.errorIf(
        !NAME.matcher(name).matches(),
        () ->
            "applicationName '"
                + name
                + "' is not a name that the service accepts; use 1 to 64 of A-Z a-z 0-9 . _ / # -");
    findings.warnIf(
        ACCOUNT.matcher(name).find(),
        "accountInName",
        () ->
            "applicationName '"
                + name
                + "' seems to contain an account number, and names show up in bills and"
                + " diagnostics; leave it out");
  }
}
