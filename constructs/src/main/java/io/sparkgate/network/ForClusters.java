package io.sparkgate.network;

import io.sparkgate.internal.Findings;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;

/** What EMR on EC2 asks of a network besides. */
final class ForClusters {

  /** The key of the tag; its value is true. */
  static final String TAG = "for-use-with-amazon-emr-managed-policies";

  private ForClusters() {}

  /**
   * Tags what EMR uses only where it has its tag: of a VPC that was given not the subnets, which
   * are another's.
   */
  static void admit(
      Findings findings, ISecurityGroup group, boolean made, IVpc vpc, SubnetSelection subnets) {
    Tags.of(group).add(TAG, "true");
    if (made) {
      vpc.selectSubnets(subnets).getSubnets().forEach(subnet -> Tags.of(subnet).add(TAG, "true"));
    }
    findings.warnIf(
        !made,
        "untaggedSubnets",
        """
        vpc was given, and its subnets are not tagged from here; give those of the nodes the tag \
        %s=true where they are made, without which EMR starts no instance in them, and acknowledge \
        this"""
            .formatted(TAG));
  }
}
