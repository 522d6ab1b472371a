package io.sparkgate.application;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.IResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.regioninfo.RegionInfo;

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
        () ->
            property
                + " "
                + given.getNode().getPath()
                + " is in "
                + there
                + ", but the application is in "
                + here
                + "; use "
                + kind
                + " of the application's own Region");
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
        () ->
            what
                + " is in partition "
                + parts[1]
                + ", but the application is in "
                + here
                + "; use one of the application's own partition");
  }

  /** Null where the Region is not known; a stack's own partition is a token even where it is. */
  private static @Nullable String partition(Stack stack) {
    return Token.isUnresolved(stack.getRegion())
        ? null
        : RegionInfo.get(stack.getRegion()).getPartition();
  }
}
