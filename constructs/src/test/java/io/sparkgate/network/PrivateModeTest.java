package io.sparkgate.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ec2.IPeer;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;

class PrivateModeTest {

  private static final String ENDPOINT = "AWS::EC2::VPCEndpoint";
  private static final String INGRESS = "AWS::EC2::SecurityGroupIngress";

  private final Stack stack = new Stack();

  @Test
  void reachesSessionsWithoutTheInternet() {
    network().privateMode().build();

    assertThat(endpoints())
        .containsExactlyInAnyOrder(
            "emr-serverless-services.sessions", "emr-serverless", "emr-serverless.dashboard", "s3");
    template().resourcePropertiesCountIs(ENDPOINT, Map.of("PrivateDnsEnabled", true), 3);
    template().resourceCountIs("AWS::EC2::NatGateway", 0);
    template().resourceCountIs("AWS::EC2::InternetGateway", 0);
  }

  @Test
  void addsWhatWorkersNeed() {
    network().privateMode(PrivateEndpoint.GLUE, PrivateEndpoint.SECRETS_MANAGER).build();

    assertThat(endpoints()).contains("glue", "secretsmanager").hasSize(6);
  }

  @Test
  void takesAnyServiceAndEachOnce() {
    network()
        .privateMode(
            PrivateEndpoint.of("ecr.api"), PrivateEndpoint.GLUE, PrivateEndpoint.of("glue"))
        .build();

    assertThat(endpoints()).contains("ecr.api", "glue").hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.amazonaws.eu-west-1.glue", "Glue", "glue.", ""})
  void refusesWhatIsNoServicesName(String service) {
    assertThatThrownBy(() -> PrivateEndpoint.of(service))
        .hasMessage(
            "PrivateEndpoint.of received '%s', but takes what the name of an endpoint service has"
                    .formatted(service)
                + " behind the Region, such as 'glue' of com.amazonaws.eu-west-1.glue");
  }

  @Test
  void hasAnAddressInEverySubnetOfWorkers() {
    SparkConnectNetwork network = network().privateMode().build();

    template()
        .hasResourceProperties(
            ENDPOINT,
            Map.of(
                "VpcEndpointType",
                "Interface",
                "SubnetIds",
                stack.resolve(
                    network.getVpc().selectSubnets(network.getSubnets()).getSubnetIds())));
  }

  @Test
  void takesOneSubnetOfEachZoneOfAGivenVpc() {
    IVpc given =
        Vpc.fromVpcAttributes(
            stack,
            "Given",
            VpcAttributes.builder()
                .vpcId("vpc-0123456789abcdef0")
                .availabilityZones(List.of("eu-west-1a", "eu-west-1b"))
                .privateSubnetIds(List.of("subnet-a1", "subnet-b1", "subnet-a2", "subnet-b2"))
                .privateSubnetNames(List.of("One", "Two"))
                .build());
    network().vpc(given).privateMode().build();

    template()
        .allResourcesProperties(ENDPOINT, Map.of("SubnetIds", List.of("subnet-a1", "subnet-b1")));
  }

  @Test
  void servesThisAccountOnly() {
    network().privateMode().build();

    Object account = Map.of("Ref", "AWS::AccountId");
    template()
        .resourcePropertiesCountIs(
            ENDPOINT,
            Map.of(
                "PolicyDocument",
                Match.objectLike(
                    Map.of(
                        "Statement",
                        List.of(
                            Match.objectLike(
                                Map.of(
                                    "Condition",
                                    Map.of(
                                        "StringEqualsIfExists",
                                        Map.of(
                                            "aws:PrincipalAccount", account,
                                            "aws:ResourceAccount", account)))))))),
            3);
  }

  @Test
  void namesItsOwnAccountOnceWhereDataIsOfItAndOfAnother() {
    String account = stack.getAccount();
    network().privateMode(PrivateEndpoint.GLUE.reaching(account).reaching("444455556666")).build();
    assertThat(template().findResources(ENDPOINT).toString())
        .contains("aws:ResourceAccount=[{Ref=AWS::AccountId}, 444455556666]");
  }

  @Test
  void letsInWorkersAndNamedClientsOnly() {
    SparkConnectNetwork network = network().privateMode().build();
    template().resourceCountIs(INGRESS, 1);
    template()
        .hasResourceProperties(
            INGRESS,
            Map.of(
                "FromPort",
                443,
                "SourceSecurityGroupId",
                stack.resolve(network.getSecurityGroup().getSecurityGroupId())));
  }

  @Test
  void letsAnOfficeInWhereAskedTo() {
    network().privateMode().build().allowClients(Peer.ipv4("192.168.0.0/16"));

    template()
        .hasResourceProperties(
            "AWS::EC2::SecurityGroup",
            Map.of(
                "SecurityGroupIngress",
                List.of(Match.objectLike(Map.of("CidrIp", "192.168.0.0/16", "FromPort", 443)))));
  }

  @Test
  void hasNoClientsWithoutEndpoints() {
    SparkConnectNetwork network = network().build();

    assertThatThrownBy(() -> network.allowClients(Peer.ipv4("192.168.0.0/16")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Default/Network: allowClients needs private endpoints, and there are none; call"
                + " privateMode() on the builder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "::/0", "10.0.0.0/0", "0:0:0:0:0:0:0:0/0"})
  void letsNotEverybodyIn(String everybody) {
    SparkConnectNetwork network = network().privateMode().build();
    IPeer peer = everybody.contains(":") ? Peer.ipv6(everybody) : Peer.ipv4(everybody);

    assertThatThrownBy(() -> network.allowClients(peer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Network: allowClients received %s, which is everybody; name the ranges that"
                    .formatted(everybody)
                + " clients come from");
  }

  @Test
  void refusesAWayOutBesideIt() {
    assertThatThrownBy(network().privateMode().natGateways(1)::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Default/Network: natGateways received 1, but takes 0 with privateMode, which keeps"
                + " traffic off the internet; leave out one of them");
  }

  @Test
  void warnsOfANatThatLeadsOutOfAGivenVpc() {
    SparkConnectNetwork network = network().vpc(new Vpc(stack, "Given")).privateMode().build();

    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("privateMode is to keep all traffic off the internet, but the subnets of")
        .contains("have a route out: Default/Given/PrivateSubnet1, Default/Given/PrivateSubnet2;")
        .contains("select isolated subnets with vpcSubnets");
    Annotations.of(network).acknowledgeWarning("@sparkgate/constructs:privateModeWithWayOut");
    assertThat(warnings()).isEmpty();
  }

  @Test
  void warnsOfImportedSubnetsThatAreSaidToHaveAWayOut() {
    network()
        .vpc(
            Vpc.fromVpcAttributes(
                stack,
                "Given",
                imported().privateSubnetIds(List.of("subnet-a", "subnet-b")).build()))
        .privateMode()
        .build();

    assertThat(warnings()).singleElement().asString().contains("import those that are isolated as");
  }

  @Test
  void isSilentWhereNothingLeadsOut() {
    network()
        .vpc(
            Vpc.fromVpcAttributes(
                stack,
                "Given",
                imported().isolatedSubnetIds(List.of("subnet-a", "subnet-b")).build()))
        .privateMode()
        .build();

    assertThat(warnings()).isEmpty();
  }

  private static VpcAttributes.Builder imported() {
    return VpcAttributes.builder()
        .vpcId("vpc-0123456789abcdef0")
        .availabilityZones(List.of("eu-west-1a", "eu-west-1b"));
  }

  /** Ours; the CDK has its own about routes of imported subnets. */
  private List<String> warnings() {
    template();
    return stack.getNode().findAll().stream()
        .flatMap(construct -> construct.getNode().getMetadata().stream())
        .filter(entry -> entry.getType().equals("aws:cdk:warning"))
        .map(entry -> String.valueOf(entry.getData()))
        .filter(warning -> warning.contains("@sparkgate"))
        .toList();
  }

  private SparkConnectNetwork.Builder network() {
    return SparkConnectNetwork.Builder.create(stack, "Network");
  }

  /** The services that have an endpoint, without what all names begin with. */
  private List<String> endpoints() {
    return template().findResources(ENDPOINT).values().stream()
        .map(endpoint -> (Map<?, ?>) endpoint.get("Properties"))
        .map(properties -> properties.get("ServiceName").toString())
        .map(name -> name.replaceAll(".*Region[}]?,? ?\\.?", "").replaceAll("[\\]}]+$", ""))
        .toList();
  }

  private Template template() {
    return Template.fromStack(stack);
  }
}
