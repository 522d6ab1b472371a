package io.sparkgate.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ec2.AwsIpamProps;
import software.amazon.awscdk.services.ec2.IpAddresses;

class AddressRangeTest {

  private final Stack stack = new Stack(new App(), "Data");

  @Test
  void refusesOneThatIsTooSmallForTheSubnets() {
    assertThatThrownBy(() -> network("10.20.0.0/22").build())
        .hasMessage(
            "Data/Network: ipAddresses received 10.20.0.0/22, but takes a range of /16 to /19, in"
                + " which 2 subnets of /20 fit; ask for one of that size, or make a VPC with smaller"
                + " subnets and give it with vpc");
  }

  @Test
  void countsTheSubnetsOfNatGateways() {
    assertThatThrownBy(() -> network("10.20.0.0/19").natGateways(1).build())
        .hasMessageContaining(
            "received 10.20.0.0/19, but takes a range of /16 to /18, in which 2 subnets of /20 and"
                + " 2 of /28 fit;");
  }

  @Test
  void countsTheZones() {
    List<String> zones = List.of("euw1-az1", "euw1-az2", "euw1-az3");
    assertThatThrownBy(() -> network("10.20.0.0/19").availabilityZoneIds(zones).build())
        .hasMessageContaining("takes a range of /16 to /18, in which 3 subnets of /20 fit;");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "10.20.0.0/28"})
  void refusesWhatNoVpcCanHave(String range) {
    assertThatThrownBy(() -> network(range).build())
        .hasMessageStartingWith(
            "Data/Network: ipAddresses received %s, but takes a range of /16 to /19"
                .formatted(range));
  }

  @ParameterizedTest
  @CsvSource({"10.20.0.0/19, 0", "10.20.0.0/18, 1", "10.20.0.0/18, 2", "10.20.0.0/16, 2"})
  void takesTheLeastThatFits(String range, int natGateways) {
    network(range).natGateways(natGateways).build();

    assertThat(Template.fromStack(stack).findResources("AWS::EC2::Subnet").toString())
        .contains("10.20.0.0/20", "10.20.16.0/20");
  }

  @Test
  void takesARangeThatIsNotKnownYet() {
    CfnParameter pool = CfnParameter.Builder.create(stack, "Pool").build();

    SparkConnectNetwork.Builder.create(stack, "Network")
        .ipAddresses(
            IpAddresses.awsIpamAllocation(
                AwsIpamProps.builder()
                    .ipv4IpamPoolId(pool.getValueAsString())
                    .ipv4NetmaskLength(18)
                    .build()))
        .build();

    Template.fromStack(stack).resourceCountIs("AWS::EC2::VPC", 1);
  }

  @Test
  void refusesAnAllocationThatIsTooSmall() {
    assertThatThrownBy(
            () ->
                SparkConnectNetwork.Builder.create(stack, "Network")
                    .ipAddresses(
                        IpAddresses.awsIpamAllocation(
                            AwsIpamProps.builder()
                                .ipv4IpamPoolId("ipam-pool-0123456789abcdef0")
                                .ipv4NetmaskLength(20)
                                .build()))
                    .build())
        .hasMessageStartingWith(
            "Data/Network: ipAddresses received /20 of a pool, but takes a range of /16 to /19");
  }

  private SparkConnectNetwork.Builder network(String range) {
    return SparkConnectNetwork.Builder.create(stack, "Network")
        .ipAddresses(IpAddresses.cidr(range));
  }
}
