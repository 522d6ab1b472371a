package io.sparkgate.app;

import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.network.SparkConnectNetwork;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.constructs.Construct;

/** Where sessions run: {@code natGateways}, {@code vpc} and {@code privateMode}. */
final class NetworkSettings {

  private static final List<String> ENDPOINTS =
      List.of(
          "sessions",
          "emr-serverless",
          "dashboard",
          "logs",
          "sts",
          "glue",
          "kms",
          "secrets-manager",
          "ssm");

  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final String IPV4_RANGE = "(" + OCTET + "\\.){3}" + OCTET + "/(3[0-2]|[12]?\\d)";

  /** What EC2 numbers has 17 digits, and 8 if it is from before 2018. */
  private static final String EC2_ID = "([0-9a-f]{8}|[0-9a-f]{17})";

  private NetworkSettings() {}

  /**
   * The network.
   *
   * @param called what workers call, which a network without a way out gets an endpoint for
   */
  static SparkConnectNetwork network(
      Construct scope, Settings settings, List<PrivateEndpoint> called) {
    SparkConnectNetwork.Builder network = SparkConnectNetwork.Builder.create(scope, "Network");
    OptionalInt natGateways = settings.whole("natGateways");
    natGateways.ifPresent(network::natGateways);
    Optional<Settings> vpc = settings.section("vpc");
    if (natGateways.orElse(0) == 0 && vpc.isEmpty()) {
      network.serviceEndpoints(called.toArray(PrivateEndpoint[]::new));
    }
    Optional<Settings> privateMode = settings.section("privateMode");
    vpc.map(given -> vpc(scope, given, Regions.of(settings), privateMode.isPresent()))
        .ifPresent(network::vpc);
    if (privateMode.isEmpty()) {
      return network.build();
    }
    List<PrivateEndpoint> endpoints = endpoints(privateMode.get());
    List<String> clients = clients(privateMode.get());
    privateMode.get().refuseOthers();
    network.privateMode(endpoints.toArray(PrivateEndpoint[]::new));
    SparkConnectNetwork built = network.build();
    clients.forEach(range -> built.allowClients(Peer.ipv4(range)));
    if (vpc.isPresent()) {
      // docs/configuration.md asks for it; whoever writes cdk.json cannot acknowledge a warning.
      Annotations.of(scope).acknowledgeWarning("@sparkgate/constructs:isolatedWithoutS3");
    }
    return built;
  }

  /** Where a cluster runs; empty for the network that it makes itself. */
  static Optional<SparkConnectNetwork> clusterNetwork(Construct scope, Settings settings) {
    OptionalInt natGateways = settings.whole("natGateways");
    Optional<IVpc> vpc =
        settings.section("vpc").map(given -> vpc(scope, given, Regions.of(settings), false));
    if (natGateways.isEmpty() && vpc.isEmpty()) {
      return Optional.empty();
    }
    SparkConnectNetwork.Builder network =
        SparkConnectNetwork.Builder.create(scope, "Network").forClusters();
    natGateways.ifPresent(network::natGateways);
    vpc.ifPresent(network::vpc);
    SparkConnectNetwork built = network.build();
    if (vpc.isPresent()) {
      // docs/configuration.md asks for the tag; whoever writes cdk.json cannot acknowledge a
      // warning.
      Annotations.of(scope).acknowledgeWarning("@sparkgate/constructs:untaggedSubnets");
    }
    return Optional.of(built);
  }

  private static List<PrivateEndpoint> endpoints(Settings privateMode) {
    return privateMode
        .texts(
            "endpoints", String.join("|", ENDPOINTS), "a list of " + String.join(", ", ENDPOINTS))
        .orElse(List.of())
        .stream()
        .map(NetworkSettings::endpoint)
        .toList();
  }

  private static PrivateEndpoint endpoint(String name) {
    return switch (name) {
      case "sessions" -> PrivateEndpoint.SESSIONS;
      case "dashboard" -> PrivateEndpoint.DASHBOARD;
      case "secrets-manager" -> PrivateEndpoint.SECRETS_MANAGER;
      default -> PrivateEndpoint.of(name);
    };
  }

  static List<String> clients(Settings privateMode) {
    return privateMode
        .texts("clients", IPV4_RANGE, "a list of IPv4 ranges such as [\"192.168.0.0/16\"]")
        .orElse(List.of());
  }

  /** Private mode means that nothing leads out, which nobody can see from here. */
  private static IVpc vpc(
      Construct scope, Settings settings, Optional<String> region, boolean isolated) {
    Optional<String> id =
        settings.text(
            "vpcId", "vpc-" + EC2_ID, "the id of a VPC such as \"vpc-0123456789abcdef0\"");
    List<String> zones =
        settings
            .texts("availabilityZones", "[a-z0-9-]+", "a list of zones such as [\"eu-west-1a\"]")
            .orElse(List.of());
    List<String> subnets =
        settings
            .texts(
                "privateSubnetIds",
                "subnet-" + EC2_ID,
                "a list of subnets such as [\"subnet-0123456789abcdef0\"]")
            .orElse(List.of());
    settings.refuseOthers();
    VpcAttributes.Builder attributes =
        VpcAttributes.builder()
            .vpcId(id.orElseThrow(() -> settings.missing("vpcId")))
            .availabilityZones(zones);
    checkZones(settings, zones, region);
    checkSubnets(settings, subnets, zones);
    IVpc vpc =
        Vpc.fromVpcAttributes(
            scope,
            "Vpc",
            isolated
                ? attributes.isolatedSubnetIds(subnets).build()
                : attributes.privateSubnetIds(subnets).build());
    Annotations.of(vpc)
        .acknowledgeWarning(
            "@aws-cdk/aws-ec2:noSubnetRouteTableId", "Nothing here adds a route to these subnets");
    return vpc;
  }

  /** The id of a zone, such as euw1-az1, does not begin with its Region's name. */
  private static void checkZones(Settings settings, List<String> zones, Optional<String> region) {
    if (zones.isEmpty()) {
      throw settings.missing("availabilityZones");
    }
    if (region.isPresent()
        && zones.stream()
            .anyMatch(zone -> !zone.startsWith(region.get()) && !zone.contains("-az"))) {
      throw settings.wrong("availabilityZones", zones, "zones of the region " + region.get());
    }
  }

  private static void checkSubnets(Settings settings, List<String> subnets, List<String> zones) {
    if (subnets.stream().distinct().count() < subnets.size()) {
      throw settings.wrong("privateSubnetIds", subnets, "each subnet once");
    }
    if (subnets.size() != zones.size()) {
      throw settings.wrong(
          "privateSubnetIds", subnets, "a subnet for each of the availabilityZones " + zones);
    }
  }
}
