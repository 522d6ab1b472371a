package io.sparkgate.cluster;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.PolicyNames;
import io.sparkgate.internal.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * A role that is allowed something by the cluster, made wherever. The policy of one that this app
 * makes stands beside the cluster: below the role it could be in another stack, which would then
 * wait for this one while this one waits for it.
 */
final class GivenRole {

  private final Construct scope;
  private final String property;
  private final IRole role;
  private @Nullable Policy policy;

  GivenRole(Construct scope, String property, IRole role) {
    this.scope = scope;
    this.property = property;
    this.role = role;
    Place home = Place.of(Stack.of(scope));
    findings()
        .errorIf(
            home.isOfAnotherAccountThan(role),
            () ->
                "%s received %s of account %s, but EMR passes roles of the cluster's own account, %s, only; use one of that"
                    .formatted(
                        property,
                        role.getNode().getPath(),
                        role.getPrincipalAccount(),
                        home.account()));
  }

  IRole role() {
    return role;
  }

  void allow(List<Statement> statements) {
    for (Statement statement : statements) {
      if (role instanceof Role) {
        policy().addStatements(statement.toPolicyStatement());
      } else {
        role.addToPrincipalPolicy(statement.toPolicyStatement());
        PolicyNames.tellApart(role);
      }
    }
  }

  /** Warns if the role keeps what it has, whatever it is allowed. */
  void warnIfUnchanged(String needs) {
    findings()
        .warnIf(
            ready().isEmpty(),
            "roleNotChanged",
            """
            %s %s is not changed from here (it is imported as immutable), so attach where it is \
            made what it needs: %s"""
                .formatted(property, role.getNode().getPath(), needs));
  }

  /** What must be there before the role can do what it was allowed. */
  List<IConstruct> ready() {
    return policy != null
        ? List.of(policy)
        : role.getNode().findAll().stream().filter(Policy.class::isInstance).toList();
  }

  private Policy policy() {
    if (policy == null) {
      policy =
          Policy.Builder.create(scope, property.equals("nodeRole") ? "NodePolicy" : "ServicePolicy")
              .roles(List.of(role))
              .build();
      PolicyNames.tellApart(policy);
    }
    return policy;
  }

  private Findings findings() {
    return new Findings(scope);
  }
}
