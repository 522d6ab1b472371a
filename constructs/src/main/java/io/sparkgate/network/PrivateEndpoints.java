package io.sparkgate.network;

import static java.util.Map.entry;

import io.sparkgate.internal.Ordered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.IPeer;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.InterfaceVpcEndpoint;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/** The interface endpoints of a network, one security group for all. */
final class PrivateEndpoints {

  private final SecurityGroup securityGroup;

  PrivateEndpoints(
      Construct scope,
      IVpc vpc,
      SubnetSelection subnets,
      ISecurityGroup workers,
      List<PrivateEndpoint> endpoints) {
    securityGroup =
        SecurityGroup.Builder.create(scope, "EndpointSecurityGroup")
            .vpc(vpc)
            .description("Interface endpoints for Spark Connect; workers and named clients come in")
            .allowAllOutbound(false)
            .build();
    securityGroup.addIngressRule(workers, Port.HTTPS, "Workers");
    SubnetSelection onePerZone = onePerZone(vpc, subnets);
    for (PrivateEndpoint endpoint : endpoints) {
      if (endpoint.isGateway()) {
        continue;
      }
      InterfaceVpcEndpoint.Builder.create(scope, endpoint.id() + "Endpoint")
          .vpc(vpc)
          .subnets(onePerZone)
          .service(endpoint.service())
          .privateDnsEnabled(true)
          .open(false)
          .securityGroups(List.of(securityGroup))
          .build()
          .addToPolicy(ofThisAccount(Stack.of(scope), endpoint.accounts()));
    }
  }

  void allow(IPeer clients) {
    securityGroup.addIngressRule(clients, Port.HTTPS, "Clients");
  }

  /** An endpoint takes no second subnet of a zone. */
  private static SubnetSelection onePerZone(IVpc vpc, SubnetSelection subnets) {
    Map<String, ISubnet> firstOfZone = new LinkedHashMap<>();
    vpc.selectSubnets(subnets)
        .getSubnets()
        .forEach(subnet -> firstOfZone.putIfAbsent(subnet.getAvailabilityZone(), subnet));
    return SubnetSelection.builder().subnets(List.copyOf(firstOfZone.values())).build();
  }

  /**
   * Nobody's credentials but this account's, and nobody's resources but those of accounts that were
   * named. Calls that carry a token instead of a signature, as Spark Connect's do, say neither, and
   * pass.
   */
  private static PolicyStatement ofThisAccount(Stack stack, List<String> others) {
    return PolicyStatement.Builder.create()
        .principals(List.of(new AnyPrincipal()))
        .actions(List.of("*"))
        .resources(List.of("*"))
        .conditions(
            Map.of(
                "StringEqualsIfExists",
                Ordered.map(
                    entry("aws:PrincipalAccount", stack.getAccount()),
                    entry(
                        "aws:ResourceAccount",
                        others.isEmpty()
                            ? stack.getAccount()
                            : Stream.concat(Stream.of(stack.getAccount()), others.stream())
                                .distinct()
                                .toList()))))
        .build();
  }
}
