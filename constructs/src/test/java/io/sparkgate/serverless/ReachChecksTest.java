package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.network.PrivateEndpoint;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.ec2.CfnRoute;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.logs.LogGroup;

class ReachChecksTest {

  private static final Map<String, String> PACKAGES =
      Map.of("spark.jars.packages", "org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.6.1");

  private final Stack stack = new Stack();

  @Test
  void warnsOfPackagesInTheNetworkThatIsMadeByDefault() {
    EmrServerlessApplication application =
        in(SparkConnectNetwork.Builder.create(stack, "Network").build(), PACKAGES);
    assertThat(ours())
        .singleElement()
        .asString()
        .startsWith("spark.jars.packages downloads from the internet, which is out of reach from")
        .contains("isolated subnets; use subnets with a NAT gateway, or put the files on S3");
    acknowledge(application, "packagesWithoutVpc");
  }

  @ParameterizedTest
  @CsvSource({
    "spark.jars, 's3://b/a.jar,https://example.com/b.jar'",
    "spark.submit.pyFiles, http://example.com/c.py",
    "spark.files, ftp://example.com/d"
  })
  void warnsOfDownloadsInIsolatedSubnetsOfAGivenVpc(String key, String value) {
    in(network(isolated()), Map.of(key, value));
    assertThat(ours())
        .filteredOn(warning -> warning.contains("packagesWithoutVpc"))
        .singleElement()
        .asString()
        .startsWith(key + " downloads from the internet");
  }

  @Test
  void isSilentWhereANatOrARouteLeadsOut() {
    in(SparkConnectNetwork.Builder.create(stack, "Network").natGateways(1).build(), PACKAGES);
    assertThat(ours()).isEmpty();
  }

  @Test
  void seesARouteThatWasAddedToIsolatedSubnets() {
    SparkConnectNetwork network = SparkConnectNetwork.Builder.create(stack, "Network").build();
    in(network, PACKAGES);
    CfnRoute.Builder.create(stack, "Transit")
        .routeTableId(
            network.getVpc().getIsolatedSubnets().get(0).getRouteTable().getRouteTableId())
        .destinationCidrBlock("0.0.0.0/0")
        .transitGatewayId("tgw-0123456789abcdef0")
        .build();
    assertThat(ours()).isEmpty();
  }

  @Test
  void isSilentAboutFilesOnS3() {
    in(
        SparkConnectNetwork.Builder.create(stack, "Network").build(),
        Map.of("spark.jars", "s3://bucket/a.jar"));
    assertThat(ours()).isEmpty();
  }

  @Test
  void warnsOfLogsThatNoEndpointTakes() {
    EmrServerlessApplication application =
        logging(SparkConnectNetwork.Builder.create(stack, "Network").build());
    assertThat(ours())
        .singleElement()
        .asString()
        .startsWith("logs go to CloudWatch, but vpcSubnets selects isolated subnets")
        .contains("privateMode(PrivateEndpoint.LOGS)");
    acknowledge(application, "isolatedWithoutEndpoint");
  }

  @Test
  void isSilentWhereAnEndpointTakesLogs() {
    logging(
        SparkConnectNetwork.Builder.create(stack, "Network")
            .privateMode(PrivateEndpoint.LOGS)
            .build());
    assertThat(ours()).isEmpty();
  }

  @Test
  void warnsOfGlueWithoutItsEndpoint() {
    in(
        SparkConnectNetwork.Builder.create(stack, "Network").build(),
        Map.of("spark.sql.catalog.lake.catalog-impl", "org.apache.iceberg.aws.glue.GlueCatalog"));
    assertThat(ours())
        .singleElement()
        .asString()
        .startsWith("spark.sql.catalog.lake.catalog-impl names Glue, but");
  }

  @Test
  void warnsOfADatabaseWithoutAVpc() {
    EmrServerlessApplication application =
        EmrServerlessApplication.Builder.create(stack, "App")
            .sparkDefaults(Map.of("spark.sql.catalog.lake.uri", "jdbc:postgresql://h/db"))
            .build();
    assertThat(ours())
        .singleElement()
        .asString()
        .startsWith("spark.sql.catalog.lake.uri names a database, which is out of reach");
    acknowledge(application, "databaseWithoutVpc");
  }

  private EmrServerlessApplication logging(SparkConnectNetwork network) {
    return with(network)
        .logs(
            Logs.managed()
                .and(LogDestination.cloudWatch(LogGroup.Builder.create(stack, "Logs").build())))
        .build();
  }

  private EmrServerlessApplication in(
      SparkConnectNetwork network, Map<String, String> sparkDefaults) {
    return with(network).sparkDefaults(sparkDefaults).build();
  }

  private EmrServerlessApplication.Builder with(SparkConnectNetwork network) {
    return EmrServerlessApplication.Builder.create(stack, "App")
        .vpc(network.getVpc(), network.getSubnets())
        .securityGroups(List.of(network.getSecurityGroup()));
  }

  private SparkConnectNetwork network(IVpc vpc) {
    return SparkConnectNetwork.Builder.create(stack, "Network").vpc(vpc).build();
  }

  private IVpc isolated() {
    return Vpc.fromVpcAttributes(
        stack,
        "Given",
        VpcAttributes.builder()
            .vpcId("vpc-0123456789abcdef0")
            .availabilityZones(List.of("eu-west-1a", "eu-west-1b"))
            .isolatedSubnetIds(List.of("subnet-a", "subnet-b"))
            .build());
  }

  private void acknowledge(EmrServerlessApplication application, String id) {
    Annotations.of(application).acknowledgeWarning("@sparkgate/constructs:" + id);
    assertThat(ours()).isEmpty();
  }

  private List<String> ours() {
    return Synth.warnings(stack).stream()
        .filter(warning -> warning.contains("@sparkgate"))
        .toList();
  }
}
