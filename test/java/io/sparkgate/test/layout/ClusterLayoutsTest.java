package io.sparkgate.test.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.cluster.Authentication;
import io.sparkgate.cluster.SparkConnectCluster;
import io.sparkgate.cluster.SparkConnectEndpoint;
import io.sparkgate.network.SparkConnectNetwork;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.elasticloadbalancingv2.TrustStore;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * A cluster and its endpoint in each usual layout of stacks, alone and with all that can be handed
 * to it, wherever that is made: no template refers to what it lacks or runs in a circle.
 */
class ClusterLayoutsTest {

  private static final String HOST = "spark.example.com";

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource
  void isWhole(Layout layout) {
    App app =
        new App(AppProps.builder().outdir(directory.toString()).analyticsReporting(false).build());
    alone(layout.in(app, "Alone"));
    withEverythingGiven(layout.in(app, "Given"));

    app.synth();

    assertThat(new Templates(directory).problems()).isEmpty();
  }

  /** What people bring is elsewhere: the endpoint, too, where stacks allow it. */
  private static void alone(Layout.Rooms rooms) {
    Construct here = rooms.platform();
    Construct people = rooms.of().apply("People");
    SparkConnectCluster cluster = SparkConnectCluster.Builder.create(here, "Cluster").build();
    cluster.grantTunnel(role(people, "Developers"));
    cluster.grantOperate(role(people, "Operators"));
    cluster.grantView(role(people, "Auditors"));
    endpoint(rooms.of().apply("Front"), cluster, Authentication.token())
        .allowClients(SecurityGroup.fromSecurityGroupId(here, "Office", "sg-0123456789abcdef0"));
  }

  private static void withEverythingGiven(Layout.Rooms rooms) {
    Construct here = rooms.platform();
    Construct roles = rooms.of().apply("Roles");
    Construct network = rooms.of().apply("Network");
    Vpc vpc = Vpc.Builder.create(network, "Vpc").maxAzs(2).natGateways(1).build();
    SubnetSelection subnets =
        SubnetSelection.builder().subnetType(SubnetType.PRIVATE_WITH_EGRESS).build();
    Role node =
        Role.Builder.create(roles, "Node")
            .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
            .build();
    Role service =
        Role.Builder.create(roles, "Service")
            .assumedBy(new ServicePrincipal("elasticmapreduce.amazonaws.com"))
            .managedPolicies(
                List.of(
                    ManagedPolicy.fromAwsManagedPolicyName(
                        "service-role/AmazonEMRServicePolicy_v2")))
            .build();
    Key key = Key.Builder.create(rooms.of().apply("Keys"), "Disks").build();
    SparkConnectCluster cluster =
        SparkConnectCluster.Builder.create(here, "Cluster")
            .network(
                SparkConnectNetwork.Builder.create(network, "Nodes")
                    .vpc(vpc, subnets)
                    .forClusters()
                    .build())
            .nodeRole(node)
            .serviceRole(service)
            .encryptionKey(key)
            .logBucket(Bucket.Builder.create(rooms.of().apply("Logs"), "Logs").build())
            .build();
    Construct trust = rooms.of().apply("Trust");
    TrustStore store =
        TrustStore.Builder.create(trust, "TrustStore")
            .bucket(Bucket.fromBucketName(trust, "Authorities", "authorities"))
            .key("clients.pem")
            .build();
    endpoint(here, cluster, Authentication.mutualTls(store))
        .allowClients(Peer.ipv4("10.20.0.0/16"));
  }

  private static SparkConnectEndpoint endpoint(
      Construct room, SparkConnectCluster cluster, Authentication authentication) {
    return SparkConnectEndpoint.Builder.create(room, "Endpoint")
        .cluster(cluster)
        .certificate(Certificate.Builder.create(room, "Certificate").domainName(HOST).build())
        .domainName(HOST)
        .authentication(authentication)
        .build();
  }

  private static Role role(Construct room, String id) {
    return Role.Builder.create(room, id).assumedBy(new AccountRootPrincipal()).build();
  }
}
