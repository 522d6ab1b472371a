package io.sparkgate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Clusters;
import io.sparkgate.testing.Synth;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.ec2.IPeer;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Subnet;
import software.amazon.awscdk.services.ec2.SubnetAttributes;
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
        "cluster has known subnets in 0 zone(s)");
  }

  @Test
  void refusesTwoSubnetsOfOneZone() {
    List<ISubnet> subnets =
        Stream.of("subnet-0ccccccc", "subnet-0ddddddd")
            .map(
                id ->
                    Subnet.fromSubnetAttributes(
                        stack,
                        id,
                        SubnetAttributes.builder()
                            .subnetId(id)
                            .availabilityZone("eu-west-1a")
                            .build()))
            .toList();

    refuses(
        builder -> builder.cluster(imported("InOneZone", subnets)),
        "cluster has known subnets in 1 zone(s), but a load balancer takes two or more");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0/0", "::/0"})
  void refusesEverybodyThatCameInByTheConnectionsOfTheLoadBalancer(String range) {
    IPeer everybody = range.contains(":") ? Peer.anyIpv6() : Peer.anyIpv4();
    endpoint().build().getConnections().allowFrom(everybody, Port.HTTPS);

    assertThatThrownBy(() -> Template.fromStack(stack))
        .hasMessageContaining(
            "a rule of the load balancer's group lets in %s, which is everybody".formatted(range));
  }

  @Test
  void refusesAClusterOfAnotherAuthor() {
    ISparkConnectCluster theirs =
        (ISparkConnectCluster)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ISparkConnectCluster.class},
                (self, method, arguments) -> null);

    refuses(
        builder -> builder.cluster(theirs),
        "cluster received a %s, but takes what SparkConnectCluster makes or imports; import it with"
                .formatted(theirs.getClass().getName())
            + " SparkConnectCluster.fromClusterAttributes");
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
    refuses(
        builder -> builder.idleTimeout(Duration.seconds(Token.asNumber(Map.of("Ref", "Seconds")))),
        "idleTimeout received a duration that is known only when the stack is deployed");
  }

  @Test
  void refusesACertificateForAnotherNameOrOfAnotherPlace() {
    refuses(
        builder ->
            builder.certificate(
                Certificate.Builder.create(stack, "Other").domainName("*.example.com").build()),
        "certificate Here/Other is for *.example.com, but clients ask for " + HOST);
    refuses(
        builder -> builder.certificate(imported(stack, "us-east-1", "Far")),
        "certificate Here/Far is in 111122223333/us-east-1, but the endpoint is in"
            + " 111122223333/eu-west-1, and a load balancer takes only certificates of its own");
    refuses(
        builder ->
            builder.certificate(
                Certificate.fromCertificateArn(
                    stack, "Theirs", "arn:aws:acm:eu-west-1:999988887777:certificate/1")),
        "certificate Here/Theirs is in 999988887777/eu-west-1, but the endpoint is in");
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

  @Test
  void refusesAccessLogsOfAStackWithoutARegion() {
    Stack anywhere = new Stack();
    SparkConnectEndpoint.Builder builder =
        SparkConnectEndpoint.Builder.create(anywhere, "Endpoint")
            .cluster(Clusters.imported(anywhere, "Cluster", "j-1"))
            .certificate(imported(anywhere, "eu-west-1"))
            .domainName(HOST)
            .authentication(Authentication.token())
            .accessLogs(Bucket.fromBucketName(anywhere, "Logs", "logs"));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "Endpoint: accessLogs needs the Region of the stack, whose load balancers write them;"
                + " give the stack an env with a region");
  }

  private SparkConnectEndpoint.Builder endpoint() {
    return SparkConnectEndpoint.Builder.create(stack, "Endpoint")
        .cluster(cluster)
        .certificate(imported(stack, "eu-west-1"))
        .domainName(HOST)
        .authentication(Authentication.token());
  }

  private ISparkConnectCluster cluster() {
    return imported(
        "",
        List.of(
            Subnet.fromSubnetId(stack, "A", "subnet-0aaaaaaa"),
            Subnet.fromSubnetId(stack, "B", "subnet-0bbbbbbb")));
  }

  private ISparkConnectCluster imported(String prefix, List<ISubnet> subnets) {
    IVpc vpc =
        Vpc.fromVpcAttributes(
            stack,
            prefix + "Vpc",
            VpcAttributes.builder()
                .vpcId("vpc-0123456789abcdef0")
                .availabilityZones(List.of("eu-west-1a", "eu-west-1b"))
                .build());
    return SparkConnectCluster.fromClusterAttributes(
        stack,
        prefix + "Cluster",
        SparkConnectClusterAttributes.builder()
            .clusterId("j-2AXXXXXXGAPLF")
            .primaryInstanceId("i-0123456789abcdef0")
            .accessGroup(
                SecurityGroup.fromSecurityGroupId(stack, prefix + "Access", "sg-0123456789abcdef0"))
            .vpc(vpc, subnets)
            .tokenSecret(Secret.fromSecretNameV2(stack, prefix + "Token", "token"))
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
