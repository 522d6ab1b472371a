package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.internal.Referable;
import io.sparkgate.internal.Tokens;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.regioninfo.RegionInfo;

/** Whether what an application is given is where it can be used. */
final class PlaceChecks {

  private PlaceChecks() {}

  /** A VPC that another account shares, or a key that it lends, is still of the same Region. */
  static void checkRegion(
      Findings findings, String property, String kind, IResource given, Stack stack) {
    checkRegion(findings, property, kind, given, Place.of(stack));
  }

  private static void checkRegion(
      Findings findings, String property, String kind, IResource given, Place here) {
    Place there = Place.of(given);
    findings.errorIf(
        there.isOfAnotherRegionThan(here),
        () ->
            "%s %s is in %s, but the application is in %s; use %s of the application's own Region"
                .formatted(property, given.getNode().getPath(), there, here, kind));
  }

  /** Whether the application's stack can name what is made in another. */
  static void checkReferable(
      Findings findings, String what, IResource given, String arn, String remedy, Stack stack) {
    new Referable(what, given, arn).check(findings, remedy, "the application", stack);
  }

  static void checkNetwork(Findings findings, ApplicationNetwork network, Stack stack) {
    Place here = Place.of(stack);
    checkRegion(findings, "vpc", "a VPC", network.vpc(), here);
    network.subnets().forEach(s -> checkRegion(findings, "vpcSubnets", "subnets", s, here));
    network
        .securityGroups()
        .forEach(group -> checkRegion(findings, "securityGroups", "groups", group, here));
    checkReferable(
        findings,
        "vpc",
        network.vpc(),
        network.vpc().getVpcId(),
        "import the VPC with Vpc.fromLookup or Vpc.fromVpcAttributes",
        stack);
  }

  /** The Region alone does not say it where an ARN was put together by hand. */
  static void checkPartition(Findings findings, String what, String arn, Stack stack) {
    String[] parts = arn.split(":", 3);
    String here = partition(stack);
    findings.errorIf(
        parts.length == 3
            && here != null
            && !Tokens.isUnresolved(parts[1])
            && !parts[1].equals(here),
        """
        %s is in partition %s, but the application is in %s; use one of the application's own \
        partition"""
            .formatted(what, parts.length == 3 ? parts[1] : "", here == null ? "" : here));
  }

  /** Null where the Region is not known; a stack's own partition is a token even where it is. */
  private static @Nullable String partition(Stack stack) {
    return Tokens.isUnresolved(stack.getRegion())
        ? null
        : RegionInfo.get(stack.getRegion()).getPartition();
  }
}
