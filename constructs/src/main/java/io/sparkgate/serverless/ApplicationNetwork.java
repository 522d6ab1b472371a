package io.sparkgate.serverless;

import java.util.List;
import java.util.stream.Stream;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SelectedSubnets;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.emrserverless.CfnApplication.NetworkConfigurationProperty;
import software.constructs.Construct;

/** The subnets and security groups of the workers. */
record ApplicationNetwork(
    IVpc vpc, List<ISubnet> subnets, List<ISecurityGroup> securityGroups, boolean isLookedUp) {

  /** Makes a security group without ingress if none is given. */
  static ApplicationNetwork of(
      Construct scope, IVpc vpc, SubnetSelection selection, List<ISecurityGroup> securityGroups) {
    List<ISecurityGroup> groups =
        securityGroups.isEmpty() ? List.of(closed(scope, vpc)) : List.copyOf(securityGroups);
    List<ISubnet> given = selection.getSubnets();
    // selectSubnets asks every subnet for its zone, which imported ones may not know.
    if (given != null && selection.getSubnetFilters() == null) {
      return new ApplicationNetwork(vpc, List.copyOf(given), groups, true);
    }
    SelectedSubnets selected = vpc.selectSubnets(selection);
    return new ApplicationNetwork(
        vpc,
        List.copyOf(selected.getSubnets()),
        groups,
        !Boolean.TRUE.equals(selected.getIsPendingLookup()));
  }

  List<String> subnetIds() {
    return subnets.stream().map(ISubnet::getSubnetId).toList();
  }

  /** All that the application refers to by it. */
  List<String> ids() {
    return Stream.concat(subnetIds().stream(), groupIds().stream()).toList();
  }

  NetworkConfigurationProperty render() {
    return NetworkConfigurationProperty.builder()
        .subnetIds(subnetIds())
        .securityGroupIds(groupIds())
        .build();
  }

  private List<String> groupIds() {
    return securityGroups.stream().map(ISecurityGroup::getSecurityGroupId).toList();
  }

  private static ISecurityGroup closed(Construct scope, IVpc vpc) {
    return SecurityGroup.Builder.create(scope, "SecurityGroup")
        .vpc(vpc)
        .description("Workers of Spark Connect sessions: nothing comes in")
        .build();
  }
}
