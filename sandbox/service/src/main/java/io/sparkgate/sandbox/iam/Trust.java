package io.sparkgate.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges who may become a role: the role's trust policy must allow it, and so must the caller's own
 * policies, unless the trust names the very caller and not only its account.
 */
final class Trust {

  private static final String KIND = "role trust policy";

  private Trust() {}

  /** Why the caller may not become it; empty when it may. */
  static Optional<String> denial(Caller caller, Role role, RoleSession session) {
    for (Action action : questions(caller, role, session)) {
      Optional<String> denial = denial(caller, role, action);
      if (denial.isPresent()) {
        return denial;
      }
    }
    return changesSourceIdentity(caller, session)
        ? Optional.of(
            "User: %s is not authorized to perform: sts:SetSourceIdentity on resource: %s because its source identity is set already and cannot be changed"
                .formatted(caller.identity().arn(), role.arn()))
        : Optional.empty();
  }

  /** That AWS lets nobody do it is documented, in which words it says so is not. */
  private static boolean changesSourceIdentity(Caller caller, RoleSession session) {
    String present = caller.identity().sourceIdentity();
    return !present.isEmpty()
        && !session.sourceIdentity().isEmpty()
        && !present.equals(session.sourceIdentity());
  }

  private static List<Action> questions(Caller caller, Role role, RoleSession session) {
    Map<String, String> context = new HashMap<>();
    context.put("sts:RoleSessionName", session.name());
    context.put("sts:SourceIdentity", session.sourceIdentity());
    context.put("sts:ExternalId", session.externalId());
    List<Action> questions = new ArrayList<>();
    questions.add(question("sts:AssumeRole", role, session, context));
    // A source identity goes along to the next role, which has to take it.
    if (!session.sourceIdentity().isEmpty() || !caller.identity().sourceIdentity().isEmpty()) {
      questions.add(question("sts:SetSourceIdentity", role, session, context));
    }
    if (!session.tags().isEmpty()) {
      questions.add(question("sts:TagSession", role, session, context));
    }
    return questions;
  }

  private static Action question(
      String name, Role role, RoleSession session, Map<String, String> context) {
    return new Action(
        name,
        role.arn(),
        session.tags(),
        List.copyOf(session.tags().keySet()),
        Map.of(),
        Map.copyOf(context));
  }

  private static Optional<String> denial(Caller caller, Role role, Action action) {
    Verdict own = Policy.verdict(caller, action);
    if (own.effect() == Verdict.Effect.DENIED) {
      return Optional.of(own.refusal(caller, action, Policy.KIND));
    }
    Verdict trust = verdict(caller, role, action, false);
    if (trust.effect() != Verdict.Effect.ALLOWED) {
      return Optional.of(trust.refusal(caller, action, KIND));
    }
    if (own.effect() == Verdict.Effect.ALLOWED
        || verdict(caller, role, action, true).effect() == Verdict.Effect.ALLOWED) {
      return Optional.empty();
    }
    return Optional.of(own.refusal(caller, action, Policy.KIND));
  }

  private static Verdict verdict(Caller caller, Role role, Action action, boolean byName) {
    JsonNode statement = role.trust().path("Statement");
    return Verdict.of(
        statement.isObject() ? List.of(statement) : statement,
        action.name(),
        new RequestContext(caller, action),
        one -> names(one, caller, byName));
  }

  private static boolean names(JsonNode statement, Caller caller, boolean byName) throws Unknown {
    if (statement.has("NotPrincipal")) {
      throw new Unknown("NotPrincipal");
    }
    JsonNode principal = statement.path("Principal");
    List<String> names = Texts.of(principal.isObject() ? principal.path("AWS") : principal);
    return names.stream()
        .anyMatch(
            name ->
                name.equals(caller.principalArn())
                    || name.equals(caller.identity().arn())
                    || !byName && isAccountOf(caller, name));
  }

  private static boolean isAccountOf(Caller caller, String name) {
    String account = caller.identity().account();
    return name.equals("*")
        || name.equals(account)
        || name.matches("arn:aws[a-z-]*:iam::" + account + ":root");
  }
}
