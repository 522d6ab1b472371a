package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointAwsService;
import software.amazon.awscdk.services.ec2.GatewayVpcEndpointOptions;
import software.amazon.awscdk.services.ec2.ISecurityGroup;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Subnet;
import software.amazon.awscdk.services.ec2.SubnetAttributes;
import software.amazon.awscdk.services.ec2.SubnetConfiguration;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.ec2.VpcLookupOptions;

class NetworkChecksTest {

  private final Stack stack = new Stack();

  @ParameterizedTest
  @CsvSource({"4, 24, 1000, 16, false", "1, 24, 1000, 4, true", "16, 25, 2000, 64, true"})
  void warnsOfSubnetsWithFewerAddressesThanWorkers(
      int workerVcpu, int mask, int limitVcpu, int workerGb, boolean warned) {
    String heap = (int) (workerGb * 0.8) + "g";
    EmrServerlessApplication application =
        application()
            .vpc(vpc(SubnetType.PRIVATE_WITH_EGRESS, mask, 2))
            .capacityLimit(
                CapacityLimit.of(limitVcpu, limitVcpu / workerVcpu * workerGb, 100_000)
                    .withinQuota(10_000))
            .sparkDefaults(
                Map.of(
                    "spark.driver.cores",
                    "" + workerVcpu,
                    "spark.driver.memory",
                    heap,
                    "spark.executor.cores",
                    "" + workerVcpu,
                    "spark.executor.memory",
                    heap))
            .build();
    assertThat(Synth.warnings(stack)).hasSize(warned ? 1 : 0);
    assertThat(Synth.warnings(stack))
        .allSatisfy(
            warning ->
                assertThat(warning)
                    .contains(limitVcpu / workerVcpu + " workers")
                    .contains("Subnet1 has " + (mask == 24 ? 251 : 123))
                    .contains("use larger subnets, or lower the limit"));
    acknowledge(application, "subnetsTooSmall");
  }

  @Test
  void warnsOfASingleAvailabilityZone() {
    EmrServerlessApplication application =
        application().vpc(vpc(SubnetType.PRIVATE_WITH_EGRESS, 24, 1)).build();
    assertThat(Synth.warnings(stack))
        .singleElement()
        .asString()
        .contains("one Availability Zone")
        .contains("use subnets of two or more");
    acknowledge(application, "singleAvailabilityZone");
  }

  @Test
  void asksNothingOfSubnetsThatItDoesNotKnow() {
    List<ISubnet> subnets =
        List.of(
            Subnet.fromSubnetAttributes(
                stack,
                "Subnet",
                SubnetAttributes.builder().subnetId("subnet-1").routeTableId("rtb-1").build()));
    application()
        .vpc(new Vpc(stack, "Vpc"), SubnetSelection.builder().subnets(subnets).build())
        .build();
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void warnsOfNoZoneWhereTheSubnetsAreAListThatIsAToken() {
    IVpc vpc =
        Vpc.fromVpcAttributes(
            stack,
            "Vpc",
            VpcAttributes.builder()
                .vpcId("vpc-0123456789abcdef0")
                .availabilityZones(Fn.split(",", Fn.importValue("Zones")))
                .privateSubnetIds(Fn.split(",", Fn.importValue("Subnets")))
                .build());
    application().vpc(vpc).build();
    assertThat(Synth.warnings(stack)).noneMatch(warning -> warning.contains("Availability Zone,"));
  }

  @Test
  void rejectsASecurityGroupOfAnotherVpcOfTheApp() {
    var application =
        application()
            .vpc(new Vpc(stack, "Vpc"))
            .securityGroups(List.of(group(new Vpc(stack, "Other"))));
    assertThatThrownBy(application::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/App: securityGroups Default/Group is of VPC Default/Other, but vpc is"
                + " Default/Vpc, and no network interface has both; use groups of vpc");
  }

  @Test
  void rejectsASecurityGroupOfAnotherVpcThatIsKnown() {
    var application =
        application()
            .vpc(imported("Vpc", "vpc-0aaaaaaaaaaaaaaaa"))
            .securityGroups(List.of(group(imported("Other", "vpc-0bbbbbbbbbbbbbbbb"))));
    assertThatThrownBy(application::build)
        .hasMessageContaining(
            "securityGroups Default/Group is of VPC vpc-0bbbbbbbbbbbbbbbb, but vpc is"
                + " vpc-0aaaaaaaaaaaaaaaa");
  }

  @Test
  void acceptsASecurityGroupOfAVpcThatIsNotKnown() {
    application()
        .vpc(new Vpc(stack, "Vpc"))
        .securityGroups(
            List.of(
                group(imported("Imported", Fn.importValue("VpcId"))),
                SecurityGroup.fromSecurityGroupId(stack, "Given", "sg-0123456789abcdef0")))
        .build();
    assertThat(Synth.errors(stack)).isEmpty();
  }

  @Test
  void rejectsMoreThanSixteenSubnets() {
    List<ISubnet> subnets =
        IntStream.rangeClosed(1, 17)
            .mapToObj(n -> Subnet.fromSubnetId(stack, "Subnet" + n, "subnet-" + n))
            .toList();
    var application =
        application()
            .vpc(new Vpc(stack, "Vpc"), SubnetSelection.builder().subnets(subnets).build());
    assertThatThrownBy(application::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Default/App: vpcSubnets selects 17 subnets; use 1 to 16");
  }

  @Test
  void rejectsMoreThanFiveSecurityGroups() {
    List<ISecurityGroup> groups =
        IntStream.rangeClosed(1, 6)
            .mapToObj(n -> SecurityGroup.fromSecurityGroupId(stack, "Group" + n, "sg-" + n))
            .toList();
    var application = application().vpc(new Vpc(stack, "Vpc")).securityGroups(groups);
    assertThatThrownBy(application::build)
        .hasMessage("Default/App: securityGroups has 6; use at most 5");
  }

  @Test
  void rejectsGroupsWithoutAVpc() {
    var application =
        EmrServerlessApplication.Builder.create(stack, "Other")
            .securityGroups(
                List.of(SecurityGroup.fromSecurityGroupId(stack, "Group", "sg-0123456789abcdef0")));
    assertThatThrownBy(application::build)
        .hasMessage("Default/Other: securityGroups is set without a VPC; set vpc too");
  }

  @Test
  void warnsOfIsolatedSubnetsWithoutAWayToS3() {
    EmrServerlessApplication application =
        application().vpc(vpc(SubnetType.PRIVATE_ISOLATED, 24, 2)).build();
    assertThat(Synth.warnings(stack)).singleElement().asString().contains("addGatewayEndpoint");
    acknowledge(application, "isolatedWithoutS3");
  }

  @Test
  void seesTheEndpointForS3EvenIfItIsAddedLater() {
    Vpc vpc = vpc(SubnetType.PRIVATE_ISOLATED, 24, 2);
    application().vpc(vpc).build();
    vpc.addGatewayEndpoint(
        "S3", GatewayVpcEndpointOptions.builder().service(GatewayVpcEndpointAwsService.S3).build());
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  @Test
  void acceptsAVpcThatIsStillLookedUp() {
    Stack known =
        new Stack(
            new App(),
            "Known",
            StackProps.builder()
                .env(Environment.builder().account("123456789012").region("eu-west-1").build())
                .build());
    IVpc vpc = Vpc.fromLookup(known, "Vpc", VpcLookupOptions.builder().vpcId("vpc-1").build());
    var application = EmrServerlessApplication.Builder.create(known, "App").vpc(vpc);
    assertThatCode(application::build).doesNotThrowAnyException();
  }

  private ISecurityGroup group(IVpc vpc) {
    return SecurityGroup.Builder.create(stack, "Group").vpc(vpc).build();
  }

  private IVpc imported(String id, String vpcId) {
    return Vpc.fromVpcAttributes(
        stack,
        id,
        VpcAttributes.builder()
            .vpcId(vpcId)
            .availabilityZones(List.of("eu-west-1a", "eu-west-1b"))
            .privateSubnetIds(List.of("subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"))
            .build());
  }

  private Vpc vpc(SubnetType type, int mask, int zones) {
    return Vpc.Builder.create(stack, "Vpc")
        .maxAzs(zones)
        .subnetConfiguration(
            List.of(
                SubnetConfiguration.builder()
                    .name("Public")
                    .subnetType(SubnetType.PUBLIC)
                    .cidrMask(24)
                    .build(),
                SubnetConfiguration.builder()
                    .name("Workers")
                    .subnetType(type)
                    .cidrMask(mask)
                    .build()))
        .build();
  }

  private void acknowledge(EmrServerlessApplication application, String id) {
    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:" + id);
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }
}
