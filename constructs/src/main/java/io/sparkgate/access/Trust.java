package io.sparkgate.access;

import io.sparkgate.internal.Findings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.CompositePrincipal;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.constructs.Construct;

/**
 * The trust under which a caller's identity cannot be made up.
 *
 * @param scope in whose name a principal is refused
 * @param owner the identity
 * @param besidesAssumeRole further actions that it needs
 * @param conditions alternatives, of which one must hold; none means anyone
 */
record Trust(
    Construct scope,
    SessionOwner owner,
    List<String> besidesAssumeRole,
    List<Map<String, Object>> conditions) {

  static Trust of(SessionOwner owner, Construct scope) {
    if (!owner.isRequired()) {
      return new Trust(scope, owner, List.of(), List.of());
    }
    if (owner == SessionOwner.userId()) {
      return new Trust(scope, owner, List.of(), ownName("sts:RoleSessionName"));
    }
    if (owner == SessionOwner.sourceIdentity()) {
      return new Trust(scope, owner, List.of("sts:SetSourceIdentity"), ownIdentity());
    }
    throw new Findings(scope)
        .error(
            """
            owner %s is a tag that the identity provider sets, which a role made here cannot vouch \
            for; call grantDevelop with the role that your identity provider assumes, or use \
            SessionOwner.userId() or SessionOwner.sourceIdentity()"""
                .formatted(owner));
  }

  /** The name of an IAM user, or the session name that the calling role session already has. */
  private static List<Map<String, Object>> ownName(String key) {
    return List.of(
        Map.of("StringEquals", Map.of(key, "${aws:username}")),
        Map.of("StringLike", Map.of("aws:userid", "*:${" + key + "}")));
  }

  /** One's own name; or the identity that the caller already has, which STS lets nobody change. */
  private static List<Map<String, Object>> ownIdentity() {
    return Stream.concat(
            ownName("sts:SourceIdentity").stream(),
            Stream.of(Map.<String, Object>of("Null", Map.of("aws:SourceIdentity", "false"))))
        .toList();
  }

  IPrincipal assumedBy(People people) {
    return conditions.isEmpty()
        ? people.toPrincipal()
        : new CompositePrincipal(each(people).toArray(IPrincipal[]::new));
  }

  List<PolicyStatement> otherStatements(People people) {
    return besidesAssumeRole.isEmpty()
        ? List.of()
        : each(people)
            .map(
                principal ->
                    PolicyStatement.Builder.create()
                        .actions(besidesAssumeRole)
                        .principals(List.of(principal))
                        .build())
            .toList();
  }

  /** Both must hold: who somebody is, and that the name is their own. */
  private Stream<IPrincipal> each(People people) {
    return people.principals().flatMap(some -> narrowed(some, TrustedPrincipal.of(some, scope)));
  }

  private Stream<IPrincipal> narrowed(IPrincipal some, TrustedPrincipal trusted) {
    if (trusted.isNamedByItsProvider(owner)) {
      return Stream.of(some);
    }
    return conditions.stream()
        .map(
            condition -> {
              trusted.requireRoomFor(condition, owner);
              return new PrincipalWithConditions(some, condition);
            });
  }
}
