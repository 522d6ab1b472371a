package io.sparkgate.serverless;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.Resources;
import io.sparkgate.internal.Tokens;
import java.util.Optional;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.ec2.CfnVPC;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.constructs.IConstruct;

/** The workers' network interfaces are in one VPC, and so are all security groups of these. */
final class VpcOfGroups {

  /** What the CDK puts in the place of a VPC that it has yet to look up. */
  private static final String LOOKED_UP_LATER = "vpc-12345";

  private VpcOfGroups() {}

  static void check(Findings findings, ApplicationNetwork network) {
    String wanted = network.vpc().getVpcId();
    for (ISecurityGroup group : network.securityGroups()) {
      // Only here is it known: an imported group has no resource.
      if (group.getNode().getDefaultChild() instanceof CfnSecurityGroup made
          && made.getVpcId() != null
          && !made.getVpcId().equals(wanted)) {
        checkDiffering(findings, group, made.getVpcId(), wanted);
      }
    }
  }

  /** A VPC that is made and one that is named, or a token of another kind, may be the same. */
  private static void checkDiffering(
      Findings findings, ISecurityGroup group, String has, String wanted) {
    IConstruct root = group.getNode().getRoot();
    Optional<String> hasKnown = known(has, root);
    Optional<String> wantedKnown = known(wanted, root);
    findings.errorIf(
        hasKnown.isPresent()
            && wantedKnown.isPresent()
            && !hasKnown.equals(wantedKnown)
            && Tokens.isUnresolved(has) == Tokens.isUnresolved(wanted),
        () ->
            """
        securityGroups %s is of VPC %s, but vpc is %s, and no network interface has both; use \
        groups of vpc"""
                .formatted(group.getNode().getPath(), hasKnown.orElse(""), wantedKnown.orElse("")));
  }

  private static Optional<String> known(String vpcId, IConstruct root) {
    if (!Tokens.isUnresolved(vpcId)) {
      return Optional.of(vpcId).filter(id -> !id.equals(LOOKED_UP_LATER));
    }
    return Resources.below(root, CfnVPC.class, CfnVPC.CFN_RESOURCE_TYPE_NAME).stream()
        .filter(vpc -> vpc.getRef().equals(vpcId) || vpc.getAttrVpcId().equals(vpcId))
        .map(VpcOfGroups::path)
        .findFirst();
  }

  private static String path(CfnVPC vpc) {
    IConstruct scope = vpc.getNode().getScope();
    return vpc.getNode().getId().equals("Resource") && scope != null
        ? scope.getNode().getPath()
        : vpc.getNode().getPath();
  }
}
