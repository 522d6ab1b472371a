package io.sparkgate.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Judges a request by the policies of who makes it. */
final class Policy {

  /** What AWS calls them in its sentences. */
  static final String KIND = "identity-based policy";

  private Policy() {}

  /** Why the caller may not; empty when it may. */
  static Optional<String> denial(Caller caller, Action action) {
    Verdict verdict = verdict(caller, action);
    return verdict.effect() == Verdict.Effect.ALLOWED
        ? Optional.empty()
        : Optional.of(verdict.refusal(caller, action, KIND));
  }

  static Verdict verdict(Caller caller, Action action) {
    RequestContext context = new RequestContext(caller, action);
    return Verdict.of(
        caller.statements(),
        action.name(),
        context,
        statement -> matchesResource(statement, action.resource(), context));
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
