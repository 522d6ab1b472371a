package io.sparkgate.serverless;

import io.sparkgate.internal.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.emrserverless.CfnApplication;
import software.constructs.Construct;

/** The tags that an application has once every aspect has run. */
final class TagChecks {

  // The service takes letters of every script, the resource schema of CloudFormation does not.
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9 /_.:=+@-]*");
  private static final int MAX_TAGS = 50;
  private static final int MAX_KEY = 128;
  private static final int MAX_VALUE = 256;
  private static final String CHARACTERS =
      " of A-Z a-z 0-9, spaces or _.:/=+-@, not starting with aws:";

  private TagChecks() {}

  /** Tags may still come from aspects, so they are known only at synth. */
  static void checkAtSynth(Construct application, CfnApplication resource) {
    application
        .getNode()
        .addValidation(() -> problems(resource.getTags().tagValues(), Stack.of(resource)));
  }

  private static List<String> problems(Map<String, String> tags, Stack stack) {
    List<String> problems = new ArrayList<>();
    if (tags.size() > MAX_TAGS) {
      problems.add("tags: there are %d; use at most %d".formatted(tags.size(), MAX_TAGS));
    }
    tags.forEach(
        (key, value) -> {
          String knownKey = known(key, stack);
          String knownValue = known(value, stack);
          if (isWrong(knownKey, MAX_KEY) || key.isEmpty()) {
            problems.add(
                "tags: key '%s' is not the key of a tag; use 1 to 128%s"
                    .formatted(knownKey, CHARACTERS));
          }
          if (Tokens.isUnresolved(value) && knownValue.length() > MAX_VALUE) {
            problems.add(
                """
                tags: value of '%s' has %d characters once the stack's name is filled in; use up \
                to 256, by a shorter name of the stack, a shorter construct id, or a shorter value"""
                    .formatted(knownKey, knownValue.length()));
          } else if (isWrong(knownValue, MAX_VALUE)) {
            problems.add(
                "tags: value '%s' of '%s' is not the value of a tag; use up to 256%s"
                    .formatted(knownValue, knownKey, CHARACTERS));
          }
        });
    return problems;
  }

  /** What is certain of a text: its own words, and the stack's name where it stands for itself. */
  private static String known(String text, Stack stack) {
    return Tokens.isUnresolved(text) ? known(stack.resolve(text), stack) : text;
  }

  private static String known(Object resolved, Stack stack) {
    if (resolved instanceof String text) {
      return text;
    }
    if (!(resolved instanceof Map<?, ?> function)) {
      return "";
    }
    if ("AWS::StackName".equals(function.get("Ref"))) {
      return Tokens.isUnresolved(stack.getStackName()) ? "" : stack.getStackName();
    }
    return function.get("Fn::Join") instanceof List<?> join
            && join.size() == 2
            && join.get(0) instanceof String separator
            && join.get(1) instanceof List<?> parts
        ? String.join(separator, parts.stream().map(part -> known(part, stack)).toList())
        : "";
  }

  private static boolean isWrong(String text, int max) {
    return text.length() > max
        || !LEGAL.matcher(text).matches()
        || text.toLowerCase(Locale.ROOT).startsWith("aws:");
  }
}
