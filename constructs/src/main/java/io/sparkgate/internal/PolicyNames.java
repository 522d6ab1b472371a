package io.sparkgate.internal;

import software.amazon.awscdk.Names;
import software.amazon.awscdk.UniqueResourceNameOptions;
import software.amazon.awscdk.services.iam.CfnPolicy;
import software.amazon.awscdk.services.iam.Policy;
import software.constructs.IConstruct;

/**
 * Names of inline policies. The CDK takes the id in the stack, and IAM has one policy by a name on
 * a role: two stacks that change the same role would overwrite each other's, and neither would be
 * told.
 */
public final class PolicyNames {

  /** What IAM takes. */
  private static final int LONGEST = 128;

  private PolicyNames() {}

  /** Names all policies below a construct after their stacks too. */
  public static void tellApart(IConstruct construct) {
    construct.getNode().findAll().stream()
        .filter(Policy.class::isInstance)
        .forEach(
            policy ->
                ((CfnPolicy) policy.getNode().getDefaultChild())
                    .setPolicyName(
                        Names.uniqueResourceName(
                            policy,
                            UniqueResourceNameOptions.builder().maxLength(LONGEST).build())));
  }
}
