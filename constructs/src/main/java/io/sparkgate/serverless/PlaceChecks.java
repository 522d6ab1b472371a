package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Known;
import io.sparkgate.internal.Place;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.regioninfo.RegionInfo;
import software.amazon.awscdk.services.kms.CfnKey;

/** Whether what an application is given is where it can be used. */
final class PlaceChecks {

  private PlaceChecks() {}

  /** A VPC that another account shares, or a key that it lends, is still of the same Region. */
  static void checkRegion(
      Findings findings, String property, String kind, IResource given, Stack stack) {
    Place there = Place.of(given);
    Place here = Place.of(stack);
    findings.errorIf(
        there.isOfAnotherRegionThan(here),
        "%s %s is in %s, but the application is in %s; use %s of the application's own Region"
            .formatted(property, given.getNode().getPath(), there, here, kind));
  }

  /**
   * CloudFormation hands values from stack to stack in one account and Region; elsewhere only a
   * name that was chosen beforehand can be known. The CDK refuses the ARN of all else, but says
   * neither for what it was wanted nor what to do.
   */
  static void checkReferable(
      Findings findings, String what, IResource given, String arn, String remedy, Stack stack) {
    Stack home = given.getStack();
    findings.errorIf(
        !sameEnv(home, stack) && !canResolve(given, arn, stack),
        """
        %s %s is made in a stack %s, but the application's is %s, where nothing can refer to it; \
        give both stacks the same env, or %s"""
            .formatted(what, given.getNode().getPath(), env(home), env(stack), remedy));
  }

  /** A key takes no name of its own, and its ARN is refused later than any other. */
  private static boolean canResolve(IResource given, String arn, Stack stack) {
    return !(given.getNode().getDefaultChild() instanceof CfnKey)
        && Known.ifKnown(() -> stack.resolve(arn)).isPresent();
  }

  /** As the CDK asks: two stacks without env have the same tokens. */
  private static boolean sameEnv(Stack one, Stack other) {
    return one.getAccount().equals(other.getAccount()) && one.getRegion().equals(other.getRegion());
  }

  private static String env(Stack stack) {
    return Token.isUnresolved(stack.getAccount()) && Token.isUnresolved(stack.getRegion())
        ? "without env"
        : "of " + Place.of(stack);
  }

  static void checkNetwork(Findings findings, ApplicationNetwork network, Stack stack) {
    checkRegion(findings, "vpc", "a VPC", network.vpc(), stack);
    network.subnets().forEach(s -> checkRegion(findings, "vpcSubnets", "subnets", s, stack));
    network
        .securityGroups()
        .forEach(group -> checkRegion(findings, "securityGroups", "groups", group, stack));
  }

  /** The Region alone does not say it where an ARN was put together by hand. */
  static void checkPartition(Findings findings, String what, String arn, Stack stack) {
    String[] parts = arn.split(":", 3);
    String here = partition(stack);
    findings.errorIf(
        parts.length == 3
            && here != null
            && !Token.isUnresolved(parts[1])
            && !parts[1].equals(here),
        """
        %s is in partition %s, but the application is in %s; use one of the application's own \
        partition"""
            .formatted(what, parts.length == 3 ? parts[1] : "", here == null ? "" : here));
  }

  /** Null where the Region is not known; a stack's own partition is a token even where it is. */
  private static @Nullable String partition(Stack stack) {
    return Token.isUnresolved(stack.getRegion())
        ? null
        : RegionInfo.get(stack.getRegion()).getPartition();
  }
}
