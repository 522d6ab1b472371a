package io.sparkgate.access;

import io.sparkgate.internal.Findings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PrincipalPolicyFragment;
import software.constructs.Construct;

/** Somebody whom a trust policy names, and what such a caller brings along. */
record TrustedPrincipal(
    String assumeRoleAction,
    Map<String, List<String>> names,
    Map<String, Object> conditions,
    Construct scope) {

  /** Callers with an identity of AWS, whose name can be compared. */
  private static final List<String> IDENTIFIED = List.of("AWS", "*");

  static TrustedPrincipal of(IPrincipal principal, Construct scope) {
    PrincipalPolicyFragment fragment = principal.getPolicyFragment();
    return new TrustedPrincipal(
        principal.getAssumeRoleAction(),
        fragment.getPrincipalJson(),
        fragment.getConditions(),
        scope);
  }

  /**
   * A caller who only begins a federation has no identity of AWS that a condition could look at. A
   * SAML assertion sets session name and source identity; a token of OpenID Connect sets the source
   * identity only, and its bearer chooses the session name.
   */
  boolean isNamedByItsProvider(SessionOwner owner) {
    if (IDENTIFIED.containsAll(names.keySet())) {
      return false;
    }
    if (names.keySet().equals(Set.of("Federated"))
        && (assumeRoleAction.equals("sts:AssumeRoleWithSAML")
            || assumeRoleAction.equals("sts:AssumeRoleWithWebIdentity")
                && owner == SessionOwner.sourceIdentity())) {
      return true;
    }
    throw new Findings(scope)
        .error(
            """
            assumedBy received %s, whose callers bring no name that a trust could hold them to; \
            take roles, users or accounts (AWS), or a SamlPrincipal, each kind in a role of its \
            own; with SessionOwner.sourceIdentity() an OpenIdConnectPrincipal too; for others call \
            grantDevelop with a role made by you"""
                .formatted(this));
  }

  /** The CDK puts one value for an operator and key in the place of another without a word. */
  void requireRoomFor(Map<String, Object> ours, SessionOwner owner) {
    ours.forEach(
        (operator, keys) ->
            keysOf(conditions, operator).stream()
                .filter(key -> ((Map<?, ?>) keys).keySet().stream().anyMatch(isSame(key)))
                .findFirst()
                .ifPresent(
                    key -> {
                      throw new Findings(scope)
                          .error(
                              """
                              assumedBy received the condition %s %s, which the trust of %s needs \
                              itself, and one statement has room for one; ask for yours under \
                              another operator, such as StringLike for StringEquals, or by another \
                              key, such as aws:PrincipalArn"""
                                  .formatted(operator, key, owner));
                    }));
  }

  private static Set<String> keysOf(Map<String, Object> conditions, String operator) {
    return conditions.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(operator))
        .filter(entry -> entry.getValue() instanceof Map)
        .flatMap(entry -> ((Map<?, ?>) entry.getValue()).keySet().stream())
        .map(String::valueOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Predicate<Object> isSame(String key) {
    return other -> key.equalsIgnoreCase(String.valueOf(other));
  }

  @Override
  public String toString() {
    return names.entrySet().stream()
        .map(entry -> entry.getKey() + " " + Stack.of(scope).resolve(entry.getValue()))
        .collect(Collectors.joining(", "))
        .replaceAll("[\\[\\]]", "");
  }
}
