package io.sparkgate.application;

import io.sparkgate.internal.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awscdk.Token;

/** The name of the application, and the tags it has once every aspect has run. */
final class NameChecks {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._/#-]{1,64}");
  private static final Pattern ACCOUNT = Pattern.compile("(?<!\\d)\\d{12}(?!\\d)");
  // The service takes letters of every script, the resource schema of CloudFormation does not.
  private static final String TAG_CHARACTERS = "[A-Za-z0-9 /_.:=+@-]";
  private static final Pattern TAG_KEY = Pattern.compile(TAG_CHARACTERS + "{1,128}");
  private static final Pattern TAG_VALUE = Pattern.compile(TAG_CHARACTERS + "{0,256}");
  private static final int MAX_TAGS = 50;

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

  static List<String> problemsOfTags(Map<String, String> tags) {
    List<String> problems = new ArrayList<>();
    if (tags.size() > MAX_TAGS) {
      problems.add("tags: there are " + tags.size() + "; use at most " + MAX_TAGS);
    }
    tags.forEach(
        (key, value) -> {
          if (isWrong(key, TAG_KEY)) {
            problems.add(
                "tags: key '"
                    + key
                    + "' is not the key of a tag; use 1 to 128 of A-Z a-z 0-9, spaces or"
                    + " _.:/=+-@, not starting with aws:");
          }
          if (isWrong(value, TAG_VALUE)) {
            problems.add(
                "tags: value '"
                    + value
                    + "' of '"
                    + key
                    + "' is not the value of a tag; use up to 256 of A-Z a-z 0-9, spaces or"
                    + " _.:/=+-@, not starting with aws:");
          }
        });
    return problems;
  }

  private static boolean isWrong(String text, Pattern legal) {
    return !Token.isUnresolved(text)
        && (!legal.matcher(text).matches() || text.toLowerCase(Locale.ROOT).startsWith("aws:"));
  }
}
