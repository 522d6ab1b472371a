package io.sparkgate.serverless;

import io.sparkgate.internal.Known;
import io.sparkgate.internal.Ranges;
import io.sparkgate.internal.Resources;
import io.sparkgate.internal.Target;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnRoute;
import software.amazon.awscdk.services.ec2.CfnVPCEndpoint;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.constructs.IConstruct;

/** What the workers in a network can reach, as far as this app knows once its tree is built. */
final class Reach {

  private final ApplicationNetwork network;
  private final IConstruct root;

  Reach(ApplicationNetwork network, IConstruct root) {
    this.network = network;
    this.root = root;
  }

  ApplicationNetwork network() {
    return network;
  }

  /** Whether no subnet has a way out: isolated, as the CDK knows it, and given no route since. */
  boolean isIsolated() {
    List<String> isolated =
        network.vpc().getIsolatedSubnets().stream().map(ISubnet::getSubnetId).toList();
    return !network.subnets().isEmpty()
        && isolated.containsAll(network.subnetIds())
        && !hasRouteOut();
  }

  /** Whether this app gives the VPC an endpoint, such as for {@code s3}. */
  boolean hasEndpoint(String service) {
    Target vpc = Target.of(network.vpc().getVpcId());
    return Resources.below(root, CfnVPCEndpoint.class, CfnVPCEndpoint.CFN_RESOURCE_TYPE_NAME)
        .stream()
        .filter(endpoint -> Target.of(endpoint.getVpcId()).equals(vpc))
        .anyMatch(endpoint -> isFor(service, endpoint));
  }

  /** The name may be a token as a whole, and ends in the service once it is resolved. */
  private static boolean isFor(String service, CfnVPCEndpoint endpoint) {
    return endpoint.getServiceName() != null
        && String.valueOf(Stack.of(endpoint).resolve(endpoint.getServiceName()))
            .replaceAll("[\\]}]+$", "")
            .endsWith("." + service);
  }

  private boolean hasRouteOut() {
    List<CfnRoute> out =
        Resources.below(root, CfnRoute.class, CfnRoute.CFN_RESOURCE_TYPE_NAME).stream()
            .filter(Reach::isDefault)
            .toList();
    if (out.isEmpty()) {
      return false;
    }
    List<Target> tables =
        network.subnets().stream()
            .map(ISubnet::getRouteTable)
            .flatMap(table -> Known.ifKnown(table::getRouteTableId).stream())
            .map(Target::of)
            .toList();
    return out.stream().anyMatch(route -> tables.contains(Target.of(route.getRouteTableId())));
  }

  private static boolean isDefault(CfnRoute route) {
    String ipv4 = route.getDestinationCidrBlock();
    String ipv6 = route.getDestinationIpv6CidrBlock();
    return ipv4 != null && Ranges.isEverybody(ipv4) || ipv6 != null && Ranges.isEverybody(ipv6);
  }
}
