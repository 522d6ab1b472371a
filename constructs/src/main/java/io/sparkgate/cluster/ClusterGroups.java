package io.sparkgate.cluster;

import io.sparkgate.network.SparkConnectNetwork;
import java.util.List;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * The security groups of a cluster, with all rules that EMR would write into them: those that
 * CloudFormation did not write would hinder it when it deletes the groups.
 *
 * @param access of the primary node besides; empty, so that its rules are those of who may call
 */
record ClusterGroups(
    SecurityGroup primary, SecurityGroup core, SecurityGroup service, SecurityGroup access) {

  /** Of EMR's agent on the nodes. */
  private static final Port AGENT = Port.tcp(8443);

  /** Of EMR's own interface in the subnet. */
  private static final Port SERVICE = Port.tcp(9443);

  static ClusterGroups in(Construct scope, IVpc vpc) {
    ClusterGroups groups =
        new ClusterGroups(
            group(scope, vpc, "Primary", "Primary node of a Spark Connect cluster", true),
            group(scope, vpc, "Core", "Core and task nodes of a Spark Connect cluster", true),
            group(scope, vpc, "Service", "Interface of EMR in the subnets of its nodes", false),
            group(scope, vpc, "Access", "Who may speak with the Spark Connect server", false));
    groups.addRules();
    return groups;
  }

  private void addRules() {
    List<SecurityGroup> nodes = List.of(primary, core);
    for (SecurityGroup from : nodes) {
      for (SecurityGroup to : nodes) {
        for (Port port : List.of(Port.allTcp(), Port.allUdp(), Port.allIcmp())) {
          to.addIngressRule(from, port, "Nodes among themselves");
        }
      }
    }
    service.addIngressRule(primary, SERVICE, "Primary node to EMR");
    for (SecurityGroup node : nodes) {
      node.addIngressRule(service, AGENT, "EMR to the node");
      service.addEgressRule(node, AGENT, "EMR to the node");
    }
  }

  IConstruct[] all() {
    return new IConstruct[] {primary, core, service, access};
  }

  private static SecurityGroup group(
      Construct scope, IVpc vpc, String id, String description, boolean wayOut) {
    SecurityGroup group =
        SecurityGroup.Builder.create(scope, id + "Group")
            .vpc(vpc)
            .description(description)
            .allowAllOutbound(wayOut)
            .build();
    Tags.of(group).add(SparkConnectNetwork.EMR_TAG, "true");
    return group;
  }
}
