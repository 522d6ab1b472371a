package io.sparkgate.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;

class SparkConnectNetworkTest {

  private final Stack stack = new Stack();

  @Test
  void makesTwoPrivateSubnetsThatCostNothingWhileUnused() {
    SparkConnectNetwork.Builder.create(stack, "Network").build();

    Template template = Template.fromStack(stack);
    template.resourceCountIs("AWS::EC2::Subnet", 2);
    template.resourcePropertiesCountIs("AWS::EC2::Subnet", Map.of("MapPublicIpOnLaunch", false), 2);
    template.resourceCountIs("AWS::EC2::NatGateway", 0);
    template.resourceCountIs("AWS::EC2::InternetGateway", 0);
    template.allResourcesProperties("AWS::EC2::VPCEndpoint", Map.of("VpcEndpointType", "Gateway"));
  }

  @Test
  void reachesS3ThroughAGatewayEndpointFromEverySubnet() {
    SparkConnectNetwork.Builder.create(stack, "Network").build();

    var endpoints = Template.fromStack(stack).findResources("AWS::EC2::VPCEndpoint");
    assertThat(endpoints).hasSize(1);
    assertThat(endpoints.values().iterator().next().toString())
        .contains(".s3")
        .contains("WorkersSubnet1RouteTable")
        .contains("WorkersSubnet2RouteTable");
  }

  @Test
  void letsNothingIn() {
    SparkConnectNetwork.Builder.create(stack, "Network").build();

    Template template = Template.fromStack(stack);
    template.hasResourceProperties(
        "AWS::EC2::SecurityGroup", Map.of("SecurityGroupIngress", Match.absent()));
    template.resourceCountIs("AWS::EC2::SecurityGroupIngress", 0);
  }

  @Test
  void recordsRejectedTrafficForAMonth() {
    SparkConnectNetwork.Builder.create(stack, "Network").build();

    Template template = Template.fromStack(stack);
    template.hasResourceProperties("AWS::EC2::FlowLog", Map.of("TrafficType", "REJECT"));
    template.hasResourceProperties("AWS::Logs::LogGroup", Map.of("RetentionInDays", 30));
  }

  @Test
  void opensTheWayOutWithANatGateway() {
    SparkConnectNetwork network =
        SparkConnectNetwork.Builder.create(stack, "Network").natGateways(1).build();

    Template template = Template.fromStack(stack);
    template.resourceCountIs("AWS::EC2::NatGateway", 1);
    template.resourceCountIs("AWS::EC2::Subnet", 4);
    assertThat(network.getVpc().selectSubnets(network.getSubnets()).getSubnetIds()).hasSize(2);
  }

  @Test
  void usesTheZonesThatTheServiceUsesInARegionWhereItDoesNotUseAll() {
    Stack virginia = in("us-east-1");
    SparkConnectNetwork.Builder.create(virginia, "Network").build();

    Template template = Template.fromStack(virginia);
    template.hasResourceProperties(
        "AWS::EC2::Subnet",
        Map.of("AvailabilityZoneId", "use1-az1", "AvailabilityZone", Match.absent()));
    template.hasResourceProperties("AWS::EC2::Subnet", Map.of("AvailabilityZoneId", "use1-az2"));
  }

  @Test
  void putsSubnetsIntoTheZonesThatAreNamed() {
    SparkConnectNetwork.Builder.create(stack, "Network")
        .availabilityZoneIds(List.of("euw1-az1", "euw1-az2", "euw1-az3"))
        .build();

    Template.fromStack(stack)
        .hasResourceProperties("AWS::EC2::Subnet", Map.of("AvailabilityZoneId", "euw1-az3"));
  }

  @Test
  void warnsOfAZoneThatTheServiceDidNotUse() {
    Stack virginia = in("us-east-1");
    SparkConnectNetwork network =
        SparkConnectNetwork.Builder.create(virginia, "Network")
            .availabilityZoneIds(List.of("use1-az2", "use1-az3"))
            .build();

    assertThat(warnings(virginia))
        .singleElement()
        .asString()
        .startsWith(
            "availabilityZoneIds has use1-az3, which EMR Serverless did not use in us-east-1 when"
                + " this version was made; choose from [use1-az1, use1-az2, use1-az4, use1-az5,"
                + " use1-az6]");
    Annotations.of(network).acknowledgeWarning("@sparkgate/constructs:unknownZone");
    assertThat(warnings(virginia)).isEmpty();
  }

  @Test
  void acceptsAnyZoneWhereTheServiceUsesAll() {
    Stack oregon = in("us-west-2");

    SparkConnectNetwork.Builder.create(oregon, "Network")
        .availabilityZoneIds(List.of("usw2-az3", "usw2-az4"))
        .build();

    Template.fromStack(oregon)
        .hasResourceProperties("AWS::EC2::Subnet", Map.of("AvailabilityZoneId", "usw2-az4"));
  }

  @Test
  void rejectsOneZoneAlone() {
    assertThatThrownBy(
            () ->
                SparkConnectNetwork.Builder.create(stack, "Network")
                    .availabilityZoneIds(List.of("use1-az1", "use1-az1"))
                    .build())
        .hasMessage(
            "Default/Network: availabilityZoneIds received [use1-az1, use1-az1], but takes two"
                + " different zones or more");
  }

  @Test
  void rejectsMoreNatGatewaysThanZones() {
    assertThatThrownBy(
            () -> SparkConnectNetwork.Builder.create(stack, "Network").natGateways(3).build())
        .hasMessage(
            "Default/Network: natGateways received 3, but takes 0 to 2, one per zone at most");
  }

  @Test
  void runsInThePrivateSubnetsOfAGivenVpcAndChangesNothingInIt() {
    IVpc vpc =
        given(
            List.of("eu-west-1a", "eu-west-1b"),
            List.of("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"));

    SparkConnectNetwork network =
        SparkConnectNetwork.Builder.create(stack, "Network").vpc(vpc).build();

    assertThat(vpc.selectSubnets(network.getSubnets()).getSubnetIds())
        .containsExactly("subnet-0123456789abcdef0", "subnet-0123456789abcdef1");
    Template template = Template.fromStack(stack);
    template.resourceCountIs("AWS::EC2::VPC", 0);
    template.resourceCountIs("AWS::EC2::VPCEndpoint", 0);
    template.hasResourceProperties(
        "AWS::EC2::SecurityGroup", Map.of("VpcId", "vpc-0123456789abcdef0"));
  }

  @Test
  void runsInTheSubnetsThatAreSelected() {
    Vpc vpc = Vpc.Builder.create(stack, "Vpc").natGateways(0).build();
    SubnetSelection publicOnes = SubnetSelection.builder().subnetType(SubnetType.PUBLIC).build();

    SparkConnectNetwork network =
        SparkConnectNetwork.Builder.create(stack, "Network").vpc(vpc, publicOnes).build();

    assertThat(vpc.selectSubnets(network.getSubnets()).getSubnetIds())
        .isEqualTo(vpc.selectSubnets(publicOnes).getSubnetIds());
  }

  @Test
  void rejectsAVpcWithoutPrivateSubnets() {
    IVpc vpc =
        Vpc.fromVpcAttributes(
            stack,
            "Public",
            VpcAttributes.builder()
                .vpcId("vpc-0123456789abcdef0")
                .availabilityZones(List.of("eu-west-1a"))
                .publicSubnetIds(List.of("subnet-p"))
                .build());

    assertThatThrownBy(() -> SparkConnectNetwork.Builder.create(stack, "Network").vpc(vpc).build())
        .hasMessage(
            "Default/Network: vpc has no private subnet; pass the subnets for workers to vpc(vpc,"
                + " subnets)");
  }

  @Test
  void rejectsTheShapeOfANewVpcBesideAGivenOne() {
    IVpc vpc = given(List.of("eu-west-1a"), List.of("subnet-0123456789abcdef0"));

    assertThatThrownBy(
            () ->
                SparkConnectNetwork.Builder.create(stack, "Network")
                    .vpc(vpc)
                    .natGateways(1)
                    .build())
        .hasMessage(
            "Default/Network: [natGateways] shape a new VPC, but a VPC was given; leave out either"
                + " vpc or [natGateways]");
  }

  @Test
  void letsADatabaseOpenItsPortToSessions() {
    SparkConnectNetwork network = SparkConnectNetwork.Builder.create(stack, "Network").build();
    SecurityGroup database =
        SecurityGroup.Builder.create(stack, "Database").vpc(network.getVpc()).build();

    database.getConnections().allowFrom(network, Port.tcp(3306));

    Template.fromStack(stack)
        .hasResourceProperties("AWS::EC2::SecurityGroupIngress", Map.of("FromPort", 3306));
  }

  private IVpc given(List<String> zones, List<String> privateSubnets) {
    return Vpc.fromVpcAttributes(
        stack,
        "Given",
        VpcAttributes.builder()
            .vpcId("vpc-0123456789abcdef0")
            .availabilityZones(zones)
            .privateSubnetIds(privateSubnets)
            .privateSubnetRouteTableIds(privateSubnets.stream().map(s -> "rtb-1").toList())
            .build());
  }

  private static List<String> warnings(Stack stack) {
    Template.fromStack(stack);
    return stack.getNode().findAll().stream()
        .flatMap(construct -> construct.getNode().getMetadata().stream())
        .filter(entry -> entry.getType().equals("aws:cdk:warning"))
        .map(entry -> String.valueOf(entry.getData()))
        .toList();
  }

  private static Stack in(String region) {
    return new Stack(
        new App(),
        "Stack",
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region(region).build())
            .build());
  }
}
