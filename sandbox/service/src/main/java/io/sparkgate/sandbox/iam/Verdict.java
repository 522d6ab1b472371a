package io.sparkgate.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeSet;

/**
 * What the statements of a policy say to a request: an explicit deny wins, then an allow.
 *
 * <p>What the sandbox does not know denies too: better that a rule fails here in plain words than
 * that it seems to work.
 *
 * @param unknown what could not be judged, in words
 */
record Verdict(Effect effect, TreeSet<String> unknown) {

  /** What a request meets. */
  enum Effect {
    ALLOWED,
    DENIED,
    NOT_MENTIONED
  }

  /** Whether a statement is about the request, apart from its action and conditions. */
  interface Scope {
    boolean covers(JsonNode statement) throws Unknown;
  }

  static Verdict of(
      Iterable<JsonNode> statements, String action, RequestContext context, Scope scope) {
    TreeSet<String> unknown = new TreeSet<>();
    for (JsonNode statement : statements) {
      if (!isAllow(statement) && applies(statement, action, context, scope, true, unknown)) {
        return new Verdict(Effect.DENIED, unknown);
      }
    }
    for (JsonNode statement : statements) {
      if (isAllow(statement) && applies(statement, action, context, scope, false, unknown)) {
        return new Verdict(Effect.ALLOWED, unknown);
      }
    }
    return new Verdict(Effect.NOT_MENTIONED, unknown);
  }

  /** AWS's sentence to who may not; never asked of what is allowed. */
  String refusal(Caller caller, Action action, String policy) {
    String sentence =
        "User: %s is not authorized to perform: %s on resource: %s"
            .formatted(caller.identity().arn(), action.name(), action.resource());
    String reason =
        effect == Effect.DENIED
            ? " with an explicit deny in %s %s".formatted(article(policy), policy)
            : " because no %s allows the %s action".formatted(policy, action.name());
    String excuse =
        unknown.isEmpty() ? "" : " (the sandbox does not know " + String.join(", ", unknown) + ")";
    return sentence + reason + excuse;
  }

  private static String article(String policy) {
    return policy.matches("[aeiou].*") ? "an" : "a";
  }

  private static boolean isAllow(JsonNode statement) {
    return statement.path("Effect").asText().equals("Allow");
  }

  private static boolean applies(
      JsonNode statement,
      String action,
      RequestContext context,
      Scope scope,
      boolean unlessKnown,
      TreeSet<String> unknown) {
    try {
      return matchesAction(statement, action)
          && scope.covers(statement)
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
}
