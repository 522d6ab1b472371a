package io.sparkgate.network;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Ranges;
import io.sparkgate.internal.Resources;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.ec2.CfnRoute;
import software.amazon.awscdk.services.ec2.CfnVPC;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;

/** Whether a VPC that was given lets workers out although all traffic is to stay inside. */
final class WayOut {

  private WayOut() {}

  static void warn(Findings findings, IVpc vpc, SubnetSelection selection) {
    List<ISubnet> workers =
        selection.getSubnets() != null
            ? selection.getSubnets()
            : vpc.selectSubnets(selection).getSubnets();
    boolean made = vpc.getNode().getDefaultChild() instanceof CfnVPC;
    List<String> open =
        Stream.concat(vpc.getPrivateSubnets().stream(), vpc.getPublicSubnets().stream())
            .filter(subnet -> !made || hasRouteOut(subnet))
            .map(ISubnet::getSubnetId)
            .toList();
    List<String> leading =
        workers.stream()
            .filter(subnet -> open.contains(subnet.getSubnetId()))
            .map(subnet -> subnet.getNode().getPath())
            .toList();
    findings.warnIf(
        !leading.isEmpty(),
        "privateModeWithWayOut",
        """
        privateMode is to keep all traffic off the internet, but the subnets of workers %s: %s; \
        select isolated subnets with vpcSubnets, and import those that are isolated as \
        isolatedSubnetIds, or acknowledge this if workers may leave"""
            .formatted(
                made
                    ? "have a route out"
                    : "were imported as subnets with a way out (privateSubnetIds, or looked up with a NAT)",
                String.join(", ", leading)));
  }

  private static boolean hasRouteOut(ISubnet subnet) {
    return Resources.below(subnet, CfnRoute.class, CfnRoute.CFN_RESOURCE_TYPE_NAME).stream()
        .map(CfnRoute::getDestinationCidrBlock)
        .anyMatch(range -> range != null && Ranges.isEverybody(range));
  }
}
