package io.sparkgate.cluster;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Place;
import io.sparkgate.network.SparkConnectNetwork;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.constructs.IConstruct;

/**
 * Where the nodes run.
 *
 * @param workers the network's own group, which its endpoints and your databases let in
 */
record ClusterNetwork(IVpc vpc, List<ISubnet> subnets, ISecurityGroup workers) {

  static ClusterNetwork of(SparkConnectNetwork network) {
    SubnetSelection selection = network.getSubnets();
    List<ISubnet> given = selection.getSubnets();
    // selectSubnets asks every subnet for its zone, which imported ones may not know.
    List<ISubnet> subnets =
        given != null && selection.getSubnetFilters() == null
            ? given
            : network.getVpc().selectSubnets(selection).getSubnets();
    return new ClusterNetwork(network.getVpc(), List.copyOf(subnets), network.getSecurityGroup());
  }

  /**
   * Returns what leads somewhere: routes and endpoints, which nothing refers to, so that
   * CloudFormation would start a cluster before them. It orders only what is in one stack.
   */
  List<IConstruct> ways(SparkConnectNetwork network, Stack stack) {
    List<IConstruct> ways = new ArrayList<>(List.of(network, vpc));
    ways.addAll(subnets);
    ways.removeIf(way -> !Stack.of(way).equals(stack));
    return ways;
  }

  List<String> subnetIds() {
    return subnets.stream().map(ISubnet::getSubnetId).toList();
  }

  void check(Findings findings, SparkConnectNetwork network, Stack stack) {
    List<String> open = vpc.getPublicSubnets().stream().map(ISubnet::getSubnetId).toList();
    List<String> exposed =
        subnets.stream()
            .filter(subnet -> open.contains(subnet.getSubnetId()))
            .map(subnet -> subnet.getNode().getPath())
            .toList();
    findings.errorIf(
        !exposed.isEmpty(),
        """
        network has public subnets (%s), where the nodes would be reachable from the internet; \
        select private or isolated ones"""
            .formatted(String.join(", ", exposed)));
    findings.errorIf(
        Place.of(vpc).isOfAnotherRegionThan(Place.of(stack)),
        () ->
            "network %s is in %s, but the cluster is in %s; use a network of the cluster's own Region"
                .formatted(vpc.getNode().getPath(), Place.of(vpc), Place.of(stack)));
    findings.warnIf(
        !network.isForClusters(),
        "networkNotForClusters",
        """
        network %s was not made for clusters, so its subnets and its security group may lack the \
        tag %s=true, without which EMR starts no instance there; call forClusters() on its \
        builder, or acknowledge this if they have it"""
            .formatted(network.getNode().getPath(), SparkConnectNetwork.EMR_TAG));
  }
}
