package io.sparkgate.delivery;

import io.sparkgate.internal.Findings;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.CompositePrincipal;
import software.amazon.awscdk.services.iam.IGroup;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PrincipalPolicyFragment;
import software.constructs.Construct;

/**
 * Principals that a CI may be. Whoever becomes the deploy role deploys anything, so a trust that is
 * wider than it looks is refused, though the CDK and IAM would take it; and so is one that never
 * lets anybody in.
 */
final class CiPrincipals {

  /** The key of the condition that {@link CiAccess} adds to each. */
  static final String NAME = "sts:RoleSessionName";

  private static final String IDENTITY =
      "arn:aws[a-z-]*:(iam|sts)::\\d{12}:(role|user|assumed-role|federated-user)/[^*?]+";

  private final String property;
  private final Stack stack;
  private final Findings findings;

  private CiPrincipals(String property, Stack stack, Findings findings) {
    this.property = property;
    this.stack = stack;
    this.findings = findings;
  }

  static void check(
      List<IPrincipal> principals, String property, Construct scope, Findings findings) {
    CiPrincipals checks = new CiPrincipals(property, Stack.of(scope), findings);
    principals.forEach(checks::check);
  }

  /** Resolved, because the ARN of an account is a token, and a wrapped principal is of no class. */
  private void check(IPrincipal principal) {
    refuseIf(
        principal instanceof CompositePrincipal || principal instanceof IGroup,
        "a " + principal.getClass().getSimpleName(),
        "takes roles, users and the like, each by itself; name its members");
    PrincipalPolicyFragment fragment = principal.getPolicyFragment();
    TrustConditions conditions = new TrustConditions(resolved(fragment.getConditions()));
    refuseIf(
        conditions.mention(NAME),
        "a principal with a condition on " + NAME,
        "asks for that name itself; leave the condition out");
    resolved(fragment.getPrincipalJson())
        .forEach(
            (kind, names) ->
                ResolvedText.all(names)
                    .forEach(
                        name -> {
                          refuseIf(
                              name.equals("*"),
                              "everybody in every account (*)",
                              "takes roles by name, such as arn:aws:iam::111122223333:role/Runner");
                          check(
                              String.valueOf(kind),
                              name,
                              principal.getAssumeRoleAction(),
                              conditions);
                        }));
  }

  private void check(String kind, String name, String action, TrustConditions conditions) {
    switch (kind) {
      case "AWS" -> checkIdentity(name, conditions);
      case "Federated" -> checkProvider(name, action, conditions);
      case "Service" ->
          throw refused(
              "the service " + name,
              """
              takes the role that it runs as, because a service names its sessions itself and would \
              never come in; name that role, such as arn:aws:iam::111122223333:role/Runner""");
      default ->
          throw refused(
              "a principal of the kind " + kind,
              """
              takes roles and users (AWS) and providers of identities (Federated); name a role, such \
              as arn:aws:iam::111122223333:role/Runner""");
    }
  }

  private void checkIdentity(String name, TrustConditions conditions) {
    boolean account = name.matches("\\d{12}|\\$\\{AWS::AccountId}") || name.contains(":root");
    refuseIf(
        account && !conditions.pinTheCaller(),
        "a whole account",
        """
        takes roles of it by name, or an account with a condition such as ArnEquals \
        aws:PrincipalArn, with Equals or Like, a value that is more than wildcards, and a key that \
        tells its callers apart: aws:PrincipalArn, aws:PrincipalTag/…, aws:userid, aws:username, \
        aws:SourceIdentity, sts:ExternalId""");
    refuseIf(
        !account && !name.contains("${") && !name.matches(IDENTITY),
        name,
        "takes a whole ARN without wildcards, such as arn:aws:iam::111122223333:role/Runner");
  }

  private void checkProvider(String name, String action, TrustConditions conditions) {
    switch (action) {
      case "sts:AssumeRoleWithWebIdentity" ->
          refuseIf(
              !(conditions.pin(key -> key.endsWith(":aud"))
                  && conditions.pin(key -> key.endsWith(":sub"))),
              "a principal of OpenID Connect that does not say for whom its tokens must be and whose",
              """
              takes one with conditions on its aud and its sub, StringEquals or StringLike, such as \
              StringEquals gitlab.com:sub project_path:my-group/my-project:ref_type:branch:ref:main""");
      case "sts:AssumeRoleWithSAML" ->
          refuseIf(
              !conditions.pin("SAML:aud"::equalsIgnoreCase),
              "a principal of SAML that does not say for whom its assertions must be",
              """
              takes one with a condition on SAML:aud, such as StringEquals SAML:aud \
              https://signin.aws.amazon.com/saml""");
      default ->
          throw refused(
              "the provider " + name + " with " + action,
              """
              takes one with sts:AssumeRoleWithWebIdentity or sts:AssumeRoleWithSAML, as IAM knows \
              no other way through a provider; use a WebIdentityPrincipal or a SamlPrincipal""");
    }
  }

  private Map<?, ?> resolved(Map<String, ?> values) {
    return (Map<?, ?>) stack.resolve(values);
  }

  private void refuseIf(boolean wrong, String received, String takes) {
    if (wrong) {
      throw refused(received, takes);
    }
  }

  private IllegalArgumentException refused(String received, String takes) {
    return findings.error("%s received %s, but %s".formatted(property, received, takes));
  }
}
