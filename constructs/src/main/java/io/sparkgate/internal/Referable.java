package io.sparkgate.internal;

import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnVPC;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.kms.CfnKey;
import software.constructs.IConstruct;

/**
 * Whether one stack can name what another makes. CloudFormation hands values from stack to stack in
 * one account and Region; elsewhere only a name that was chosen beforehand can be known. The CDK
 * refuses the ARN of all else, but says neither for what it was wanted nor what to do.
 *
 * @param what in words, such as {@code execution role}
 * @param given the resource
 * @param arn its ARN
 */
public record Referable(String what, IResource given, String arn) {

  /**
   * Fails if the policy of a resource cannot name a role.
   *
   * @param what the resource in words, such as {@code the bucket}
   */
  public static void checkRole(IRole role, String what, IResource resource) {
    new Referable("role", role, role.getRoleArn())
        .check(new Findings(resource), "the role a name (roleName)", what, resource.getStack());
  }

  /**
   * Fails if it cannot be named there.
   *
   * @param remedy what to do but to give both stacks one env
   * @param whose whose stack the other is, such as {@code the application}
   * @param stack the other stack
   */
  public void check(Findings findings, String remedy, String whose, Stack stack) {
    Stack home = given.getStack();
    findings.errorIf(
        !home.equals(stack) && !sameEnv(home, stack) && !canResolve(stack),
        () ->
            """
        %s %s is made in a stack %s, but %s's is %s, where nothing can refer to it; \
        give both stacks the same env, or %s"""
                .formatted(what, given.getNode().getPath(), env(home), whose, env(stack), remedy));
  }

  /** Keys and VPCs take no name of their own, and what they are called by is refused later. */
  private boolean canResolve(Stack stack) {
    IConstruct resource = given.getNode().getDefaultChild();
    return !(resource instanceof CfnKey || resource instanceof CfnVPC)
        && Known.ifKnown(() -> stack.resolve(arn)).isPresent();
  }

  /** As the CDK asks: two stacks without env have the same tokens. */
  private static boolean sameEnv(Stack one, Stack other) {
    return one.getAccount().equals(other.getAccount()) && one.getRegion().equals(other.getRegion());
  }

  private static String env(Stack stack) {
    return Tokens.isUnresolved(stack.getAccount()) && Tokens.isUnresolved(stack.getRegion())
        ? "without env"
        : "of " + Place.of(stack);
  }
}
