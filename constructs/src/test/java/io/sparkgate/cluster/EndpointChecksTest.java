package io.sparkgate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Subnet;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.secretsmanager.Secret;

/** What an endpoint refuses, before an imported cluster: it is quick to make. */
class EndpointChecksTest {

  private static final String HOST = "spark.dev.example.com";

  private final Stack stack =
      new Stack(
          null,
          "Here",
          StackProps.builder()
              .env(Environment.builder().account("111122223333").region("eu-west-1").build())
              .build());

  private final ISparkConnectCluster cluster = cluster();
  private int refused = 0;

  @Test
  void servesAnImportedClusterWithAFunctionOfItsOwn() {
    endpoint().build();

    Template.fromStack(stack).resourceCountIs("Custom::SparkgateTarget", 1);
    assertThat(Synth.warnings(stack)).noneMatch(warning -> warning.contains("sparkgate"));
  }

  @Test
  void refusesToBeWithoutAuthentication() {
    assertThatThrownBy(
            () ->
                SparkConnectEndpoint.Builder.create(stack, "Endpoint")
                    .cluster(cluster)
                    .certificate(imported(stack, "eu-west-1"))
                    .domainName(HOST)
                    .build())
        .hasMessageContaining(
            "authentication received nothing, but takes Authentication.mutualTls(trustStore)");
  }

  @Test
  void refusesAClusterOfWhichOnlyTheIdIsKnown() {
    refuses(
        builder -> builder.cluster(SparkConnectCluster.fromClusterId(stack, "Bare", "j-1")),
        "cluster has 0 known subnet(s)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "128.0.0.0/1", "10.0.0.0/7"})
  void refusesEverybodyAndAlmostEverybody(String range) {
    SparkConnectEndpoint endpoint = endpoint().build();

    assertThatThrownBy(() -> endpoint.allowClients(Peer.ipv4(range)))
        .hasMessageContaining("allowClients received " + range);
    assertThatThrownBy(() -> endpoint.allowClients(Peer.anyIpv6()))
        .hasMessageContaining("which is everybody");
  }

  @Test
  void refusesToCutAnswersThatTheServerMayStillGive() {
    refuses(
        builder -> builder.idleTimeout(Duration.seconds(150)),
        "idleTimeout received 150 seconds, but the server may be silent for 120");
    refuses(
        builder -> builder.idleTimeout(Duration.seconds(4001)),
        "but takes whole seconds from 1 to 4000");
  }

  @Test
  void refusesACertificateForAnotherNameOrOfAnotherRegion() {
    refuses(
        builder ->
            builder.certificate(
                Certificate.Builder.create(stack, "Other").domainName("*.example.com").build()),
        "certificate Here/Other is for *.example.com, but clients ask for " + HOST);
    refuses(
        builder -> builder.certificate(imported(stack, "us-east-1", "Far")),
        "certificate Here/Far is in us-east-1, but the endpoint is in 111122223333/eu-west-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*.example.com", "https://spark.example.com", "spark", "Spark.example.com"})
  void refusesWhatIsNoHost(String domainName) {
    refuses(
        builder -> builder.domainName(domainName),
        "domainName received '%s', but takes the name of one host".formatted(domainName));
  }

  @Test
  void refusesAHostThatIsNotInTheZone() {
    refuses(
        builder ->
            builder.domainName(
                HOST,
                HostedZone.fromHostedZoneAttributes(
                    stack,
                    "Zone",
                    HostedZoneAttributes.builder()
                        .hostedZoneId("Z1")
                        .zoneName("example.org")
                        .build())),
        "which is not in the zone example.org");
  }

  @Test
  void refusesABucketThatLoadBalancersCannotWriteTo() {
    refuses(
        builder ->
            builder.accessLogs(
                Bucket.Builder.create(stack, "Encrypted")
                    .encryptionKey(Key.Builder.create(stack, "Key").build())
                    .build()),
        "accessLogs Here/Encrypted is encrypted with a key of KMS");
  }

  private SparkConnectEndpoint.Builder endpoint() {
    return SparkConnectEndpoint.Builder.create(stack, "Endpoint")
        .cluster(cluster)
        .certificate(imported(stack, "eu-west-1"))
        .domainName(HOST)
        .authentication(Authentication.token());
  }

  private ISparkConnectCluster cluster() {
    IVpc vpc =
        Vpc.fromVpcAttributes(
            stack,
            "Vpc",
            VpcAttributes.builder()
                .vpcId("vpc-0123456789abcdef0")
                .availabilityZones(List.of("eu-west-1a", "eu-west-1b"))
                .build());
    List<ISubnet> subnets =
        List.of(
            Subnet.fromSubnetId(stack, "A", "subnet-0aaaaaaa"),
            Subnet.fromSubnetId(stack, "B", "subnet-0bbbbbbb"));
    return SparkConnectCluster.fromClusterAttributes(
        stack,
        "Cluster",
        SparkConnectClusterAttributes.builder()
            .clusterId("j-2AXXXXXXGAPLF")
            .primaryInstanceId("i-0123456789abcdef0")
            .accessGroup(SecurityGroup.fromSecurityGroupId(stack, "Access", "sg-0123456789abcdef0"))
            .vpc(vpc, subnets)
            .tokenSecret(Secret.fromSecretNameV2(stack, "Token", "token"))
            .build());
  }

  private static ICertificate imported(Stack stack, String region) {
    return imported(stack, region, "Certificate");
  }

  private static ICertificate imported(Stack stack, String region, String id) {
    return Certificate.fromCertificateArn(
        stack, id, "arn:aws:acm:%s:111122223333:certificate/1".formatted(region));
  }

  private void refuses(Consumer<SparkConnectEndpoint.Builder> wrong, String message) {
    refused++;
    SparkConnectEndpoint.Builder builder =
        SparkConnectEndpoint.Builder.create(stack, "Refused" + refused)
            .cluster(cluster)
            .certificate(imported(stack, "eu-west-1", "Certificate" + refused))
            .domainName(HOST)
            .authentication(Authentication.token());
    wrong.accept(builder);
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
