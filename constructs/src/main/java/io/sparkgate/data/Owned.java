package io.sparkgate.data;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Referable;
import io.sparkgate.internal.Statement;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Resource;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * A resource with data, and what it says of roles of other accounts.
 *
 * @param resource the resource
 * @param arn its ARN
 * @param name what gives it a name of its own, such as {@code bucketName}
 * @param policy takes statements of its own policy; null if it has none that helps
 * @param remedy what to do instead, where it has none
 */
record Owned(
    IResource resource,
    String arn,
    String name,
    @Nullable Consumer<PolicyStatement> policy,
    String remedy) {

  static Owned withPolicy(
      IResource resource, String arn, String name, Consumer<PolicyStatement> policy) {
    return new Owned(resource, arn, name, policy, "");
  }

  static Owned withoutPolicy(IResource resource, String arn, String name, String remedy) {
    return new Owned(resource, arn, name, null, remedy);
  }

  /** The CDK takes some that are imported by an ARN to be where the stack is. */
  Place place() {
    return Arns.place(arn)
        .filter(place -> !place.account().isEmpty() && !place.region().isEmpty())
        .orElseGet(() -> Place.of(resource));
  }

  /** Lets a role of another account in, or says that somebody there has to. */
  void open(String access, List<Statement> statements, IResource identity, Findings findings) {
    new Referable("data", resource, arn)
        .check(findings, "it a name (%s)".formatted(name), "the role", identity.getStack());
    Place home = place();
    Place role = Place.of(identity);
    if (!home.isOfAnotherAccountThan(role)) {
      return;
    }
    findings.errorIf(
        policy == null,
        "%s is of account %s, but the role of %s, and has no policy that lets it in; %s"
            .formatted(access, home.account(), role.account(), remedy));
    if (Resource.isOwnedResource(resource)
        && policy != null
        && identity instanceof IRole principal) {
      Referable.checkRole(principal, "the data", resource);
      said(statements, principal).forEach(policy);
    } else {
      findings.warn(
          "policyOfOtherAccount",
          """
          %s is of account %s, and its policy is not changed from here, so the role of %s is \
          refused until that account lets it in; policyOfOtherAccount(role) has the statements"""
              .formatted(access, home.account(), role.account()));
    }
  }

  /** What the policy of the resource has to say; empty if it has none. */
  List<PolicyStatement> said(List<Statement> statements, IGrantable role) {
    return policy == null
        ? List.of()
        : statements.stream().map(statement -> statement.admitting(role)).toList();
  }
}
