package io.sparkgate.network;

import io.sparkgate.internal.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.ec2.CfnSubnet;
import software.amazon.awscdk.services.ec2.FlowLogDestination;
import software.amazon.awscdk.services.ec2.FlowLogOptions;
import software.amazon.awscdk.services.ec2.FlowLogTrafficType;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.IIpAddresses;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** A VPC for workers alone. */
final class PrivateVpc {

  /** One zone may fail; a third would only spread the same workers thinner. */
  static final int ZONES = 2;

  private static final String WORKERS = "Workers";

  private final Vpc vpc;

  PrivateVpc(Construct scope, IIpAddresses addresses, int natGateways, List<String> zoneIds) {
    new AddressRange(zoneIds.isEmpty() ? ZONES : zoneIds.size(), natGateways > 0)
        .check(new Findings(scope), addresses);
    Vpc.Builder props =
        Vpc.Builder.create(scope, "Vpc")
            .ipAddresses(addresses)
            .natGateways(natGateways)
            .subnetConfiguration(subnets(natGateways > 0));
    vpc =
        zoneIds.isEmpty()
            ? props.maxAzs(ZONES).build()
            : props.availabilityZones(placeholders(zoneIds.size())).build();
    if (!zoneIds.isEmpty()) {
      pinZones(vpc.getPublicSubnets(), zoneIds);
      pinZones(vpc.selectSubnets(workers()).getSubnets(), zoneIds);
    }
    vpc.addGatewayEndpoint(
        "S3", GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.S3).build());
    vpc.addFlowLog(
        "Rejected",
        FlowLogOptions.builder()
            .trafficType(FlowLogTrafficType.REJECT)
            .destination(
                FlowLogDestination.toCloudWatchLogs(
                    LogGroup.Builder.create(scope, "RejectedTraffic")
                        .retention(RetentionDays.ONE_MONTH)
                        .removalPolicy(RemovalPolicy.DESTROY)
                        .build()))
            .build());
  }

  IVpc vpc() {
    return vpc;
  }

  SubnetSelection workers() {
    return SubnetSelection.builder().subnetGroupName(WORKERS).build();
  }

  private static List<SubnetConfiguration> subnets(boolean wayOut) {
    List<SubnetConfiguration> subnets = new ArrayList<>();
    subnets.add(
        SubnetConfiguration.builder()
            .name(WORKERS)
            .subnetType(wayOut ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED)
            .cidrMask(AddressRange.WORKERS)
            .build());
    if (wayOut) {
      subnets.add(
          SubnetConfiguration.builder()
              .name("Nat")
              .subnetType(SubnetType.PUBLIC)
              .mapPublicIpOnLaunch(false)
              .cidrMask(AddressRange.NAT)
              .build());
    }
    return subnets;
  }

  /** As many zones as wanted; {@link #pinZones} says which. */
  private static List<String> placeholders(int zones) {
    return IntStream.range(0, zones).mapToObj(i -> Fn.select(i, Fn.getAzs())).toList();
  }

  /** The CDK places subnets by zone name; CloudFormation also takes the id. */
  private static void pinZones(List<ISubnet> subnets, List<String> zoneIds) {
    for (int i = 0; i < subnets.size(); i++) {
      CfnSubnet subnet = (CfnSubnet) subnets.get(i).getNode().getDefaultChild();
      subnet.addPropertyDeletionOverride("AvailabilityZone");
      subnet.addPropertyOverride("AvailabilityZoneId", zoneIds.get(i));
    }
  }
}
