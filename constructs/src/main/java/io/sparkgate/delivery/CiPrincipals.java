package io.sparkgate.delivery;

import io.sparkgate.internal.Findings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.iam.AccountPrincipal;
import software.amazon.awscdk.services.iam.CompositePrincipal;
import software.amazon.awscdk.services.iam.IGroup;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PrincipalPolicyFragment;

/**
 * Principals that a CI may be. Whoever becomes the deploy role deploys anything, so a trust that is
 * wider than it looks is refused, though the CDK and IAM would take it.
 */
final class CiPrincipals {

  /** The key of the condition that {@link CiAccess} adds to each. */
  static final String NAME = "sts:RoleSessionName";

  private static final String IDENTITY =
      "arn:aws[a-z-]*:(iam|sts)::\\d{12}:(root|(role|user|assumed-role|federated-user)/[^*?]+)";

  private static final String ROOT = "\\d{12}|arn:[^:]*:iam::[^:]*:root";

  private static final String A_WHOLE_ACCOUNT = "a whole account";
  private static final String ROLES_OF_IT =
      "takes roles of it by name, or an account with a condition such as ArnEquals aws:PrincipalArn";

  private final String property;
  private final Findings findings;

  private CiPrincipals(String property, Findings findings) {
    this.property = property;
    this.findings = findings;
  }

  static void check(List<IPrincipal> principals, String property, Findings findings) {
    CiPrincipals checks = new CiPrincipals(property, findings);
    principals.forEach(checks::check);
  }

  private void check(IPrincipal principal) {
    refuseIf(
        principal instanceof CompositePrincipal || principal instanceof IGroup,
        "a " + principal.getClass().getSimpleName(),
        "takes roles, users and the like, each by itself; name its members");
    refuseIf(principal instanceof AccountPrincipal, A_WHOLE_ACCOUNT, ROLES_OF_IT);
    PrincipalPolicyFragment fragment = principal.getPolicyFragment();
    Map<String, Object> conditions = fragment.getConditions();
    refuseIf(
        conditions.values().stream()
            .anyMatch(
                keys ->
                    keys instanceof Map<?, ?> map && map.keySet().stream().anyMatch(NAME::equals)),
        "a principal with a condition on " + NAME,
        "asks for that name itself; leave the condition out");
    fragment
        .getPrincipalJson()
        .forEach(
            (kind, names) -> {
              if (kind.equals("AWS") || kind.equals("*")) {
                names.forEach(name -> checkIdentity(name, conditions.isEmpty()));
              }
            });
    refuseIf(
        principal.getAssumeRoleAction().equals("sts:AssumeRoleWithWebIdentity")
            && !(pins(conditions, ":aud") && pins(conditions, ":sub")),
        "a principal of OpenID Connect that does not say for whom its tokens must be and whose",
        """
        takes one with conditions on its aud and its sub, StringEquals or StringLike, such as \
        StringEquals gitlab.com:sub project_path:my-group/my-project:ref_type:branch:ref:main""");
  }

  private void checkIdentity(String name, boolean unconditional) {
    refuseIf(
        name.equals("*"),
        "everybody in every account (*)",
        "takes roles by name, such as arn:aws:iam::111122223333:role/Runner");
    refuseIf(unconditional && name.matches(ROOT), A_WHOLE_ACCOUNT, ROLES_OF_IT);
    refuseIf(
        !Token.isUnresolved(name) && !name.matches(ROOT) && !name.matches(IDENTITY),
        name,
        "takes a whole ARN without wildcards, such as arn:aws:iam::111122223333:role/Runner");
  }

  /** Some operator that asks for a value; one with IfExists or ForAllValues holds without any. */
  private static boolean pins(Map<String, Object> conditions, String suffix) {
    return conditions.entrySet().stream()
        .filter(entry -> entry.getKey().matches("(ForAnyValue:)?String(Equals|Like)(IgnoreCase)?"))
        .filter(entry -> entry.getValue() instanceof Map)
        .flatMap(entry -> ((Map<?, ?>) entry.getValue()).entrySet().stream())
        .filter(entry -> String.valueOf(entry.getKey()).endsWith(suffix))
        .anyMatch(entry -> values(entry.getValue()).noneMatch(text -> text.matches("[*?]*")));
  }

  private static Stream<String> values(Object value) {
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf)
        : Stream.of(String.valueOf(value));
  }

  private void refuseIf(boolean wrong, String received, String takes) {
    findings.errorIf(wrong, "%s received %s, but %s".formatted(property, received, takes));
  }
}
