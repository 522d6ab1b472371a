package io.sparkgate.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Judges a request by IAM's rules: an explicit deny wins, then an allow, and the rest is denied.
 *
 * <p>What the sandbox does not know denies too: better that a rule fails here in plain words than
 * that it seems to work.
 */
final class Policy {

  private Policy() {}

  /** Why the caller may not; empty when it may. */
  static Optional<String> denial(Caller caller, Action action) {
    RequestContext context = new RequestContext(caller, action);
    TreeSet<String> unknown = new TreeSet<>();
    for (JsonNode statement : caller.statements()) {
      if (!isAllow(statement) && applies(statement, action, context, true, unknown)) {
        return Optional.of(
            refusal(caller, action)
                + " with an explicit deny in an identity-based policy"
                + excuse(unknown));
      }
    }
    for (JsonNode statement : caller.statements()) {
      if (isAllow(statement) && applies(statement, action, context, false, unknown)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        "%s because no identity-based policy allows the %s action%s"
            .formatted(refusal(caller, action), action.name(), excuse(unknown)));
  }

  private static String refusal(Caller caller, Action action) {
    return "User: %s is not authorized to perform: %s on resource: %s"
        .formatted(caller.identity().arn(), action.name(), action.resource());
  }

  private static String excuse(TreeSet<String> unknown) {
    return unknown.isEmpty()
        ? ""
        : " (the sandbox does not know " + String.join(", ", unknown) + ")";
  }

  private static boolean isAllow(JsonNode statement) {
    return statement.path("Effect").asText().equals("Allow");
  }

  private static boolean applies(
      JsonNode statement,
      Action action,
      RequestContext context,
      boolean unlessKnown,
      TreeSet<String> unknown) {
    try {
      return matchesAction(statement, action.name())
          && matchesResource(statement, action.resource(), context)
          && Conditions.hold(statement.path("Condition"), context);
    } catch (Unknown e) {
      unknown.add(e.getMessage());
      return unlessKnown;
    }
  }

  private static boolean matchesAction(JsonNode statement, String name) {
    boolean inverted = statement.has("NotAction");
    List<String> actions = Texts.of(statement.path(inverted ? "NotAction" : "Action"));
    return inverted
        != actions.stream().anyMatch(action -> Glob.of(action).matchesIgnoringCase(name));
  }

  private static boolean matchesResource(JsonNode statement, String arn, RequestContext context)
      throws Unknown {
    boolean inverted = statement.has("NotResource");
    for (String resource : Texts.of(statement.path(inverted ? "NotResource" : "Resource"))) {
      Optional<Glob> pattern = Variables.expand(resource, context);
      if (pattern.isEmpty()) {
        return false;
      }
      if (pattern.get().matchesArn(arn)) {
        return !inverted;
      }
    }
    return inverted;
  }
}
