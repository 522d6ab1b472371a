package io.sparkgate.data;

import io.sparkgate.internal.Findings;
import java.util.List;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;

/** Whether a role trusts the one that is to become it. */
final class RoleTrust {

  private RoleTrust() {}

  /** Of two stacks, each would have to be deployed before the other. */
  static void admit(SourceAccess access, IRole assumed, IResource identity, Findings findings) {
    if (assumed instanceof Role made
        && made.getAssumeRolePolicy() != null
        && identity instanceof IRole role
        && Stack.of(made).equals(Stack.of(identity))) {
      made.getAssumeRolePolicy()
          .addStatements(
              PolicyStatement.Builder.create()
                  .principals(List.of(new ArnPrincipal(role.getRoleArn())))
                  .actions(List.of("sts:AssumeRole"))
                  .build());
      return;
    }
    findings.warn(
        "assumedRoleTrust",
        """
        %s: the trust policy of %s is not changed from here; it must let this role call \
        sts:AssumeRole, or every query would be refused"""
            .formatted(access, assumed.getNode().getPath()));
  }
}
