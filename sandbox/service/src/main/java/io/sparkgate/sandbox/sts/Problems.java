package io.sparkgate.sandbox.sts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is wrong with the members of AssumeRole, by the constraints of AWS's model. */
final class Problems {

  private static final String NAME = "[\\w+=,.@-]*";

  private final List<String> found = new ArrayList<>();

  private Problems() {}

  static Problems in(Parameters parameters) {
    Problems problems = new Problems();
    problems.require("RoleArn", parameters);
    problems.require("RoleSessionName", parameters);
    problems.check("RoleArn", parameters, 20, 2048, "(?s).*");
    problems.check("RoleSessionName", parameters, 2, 64, NAME);
    problems.check("SourceIdentity", parameters, 2, 256, NAME);
    problems.check("ExternalId", parameters, 2, 1224, "[\\w+=,.@:\\/-]*");
    parameters.find("DurationSeconds").ifPresent(problems::checkDuration);
    return problems;
  }

  private void require(String name, Parameters parameters) {
    if (parameters.find(name).isEmpty()) {
      found.add(
          "Value null at '%s' failed to satisfy constraint: Member must not be null"
              .formatted(lower(name)));
    }
  }

  private void check(String name, Parameters parameters, int least, int most, String pattern) {
    parameters
        .find(name)
        .ifPresent(
            value -> {
              if (value.length() < least) {
                add(name, value, "Member must have length greater than or equal to " + least);
              }
              if (value.length() > most) {
                add(name, value, "Member must have length less than or equal to " + most);
              }
              if (!value.matches(pattern)) {
                add(name, value, "Member must satisfy regular expression pattern: " + pattern);
              }
            });
  }

  private void checkDuration(String value) {
    String name = "DurationSeconds";
    if (!value.matches("[0-9]{1,9}")) {
      add(name, value, "Member must be an integer");
    } else if (Integer.parseInt(value) < 900) {
      add(name, value, "Member must have value greater than or equal to 900");
    } else if (Integer.parseInt(value) > 43_200) {
      add(name, value, "Member must have value less than or equal to 43200");
    }
  }

  private void add(String name, String value, String must) {
    found.add(
        "Value '%s' at '%s' failed to satisfy constraint: %s".formatted(value, lower(name), must));
  }

  private static String lower(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  void throwIfAny() throws Fault {
    if (!found.isEmpty()) {
      throw Fault.validation(
          "%d validation error%s detected: %s"
              .formatted(found.size(), found.size() == 1 ? "" : "s", String.join("; ", found)));
    }
  }
}
