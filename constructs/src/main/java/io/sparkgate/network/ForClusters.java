package io.sparkgate.network;

import io.sparkgate.internal.Findings;
import software.amazon.awscdk.Tags;

/** What EMR on EC2 asks of a network besides. */
final class ForClusters {

  private ForClusters() {}

  /**
   * Tags what EMR uses only where it has its tag: of a VPC that was given not the subnets, which
   * are another's.
   */
  static void admit(Findings findings, SparkConnectNetwork network, boolean made) {
    Tags.of(network.getSecurityGroup()).add(SparkConnectNetwork.EMR_TAG, "true");
    if (made) {
      network
          .getVpc()
          .selectSubnets(network.getSubnets())
          .getSubnets()
          .forEach(subnet -> Tags.of(subnet).add(SparkConnectNetwork.EMR_TAG, "true"));
    }
    findings.warnIf(
        !made,
        "untaggedSubnets",
        """
        vpc was given, and its subnets are not tagged from here; give those of the nodes the tag \
        %s=true where they are made, without which EMR starts no instance in them, and acknowledge \
        this"""
            .formatted(SparkConnectNetwork.EMR_TAG));
  }
}
