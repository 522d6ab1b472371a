package io.sparkgate.test.layout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.cluster.Authentication;
import io.sparkgate.cluster.SparkConnectCluster;
import io.sparkgate.cluster.SparkConnectEndpoint;
import io.sparkgate.connection.ClusterConnectionParameters;
import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.watch.IdleClusterReaper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.elasticloadbalancingv2.TrustStore;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;
import software.constructs.Construct;

/**
 * A cluster and its endpoint in each usual layout of stacks, alone, with all that can be handed to
 * it, wherever that is made, and with what nobody here makes: no template refers to what it lacks
 * or runs in a circle, and nobody loses a permission.
 */
class ClusterLayoutsTest {

  private static final String HOST = "spark.example.com";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private final List<Promise> promises = new ArrayList<>();

  /** What the templates of the role and of this scope must allow or deny the role. */
  private record Promise(IRole role, Construct scope, List<String> rules) {}

  @ParameterizedTest
  @EnumSource
  void isWhole(Layout layout) {
    App app =
        new App(AppProps.builder().outdir(directory.toString()).analyticsReporting(false).build());
    alone(layout.in(app, "Alone"));
    withEverythingGiven(layout.in(app, "Given"));
    withWhatOthersHave(layout.in(app, "Imported").platform());

    app.synth();
    Templates templates = new Templates(directory);

    assertThat(templates.problems()).isEmpty();
    for (Promise promise : promises) {
      Set<String> rules = new TreeSet<>(rules(templates, promise, Stack.of(promise.role())));
      rules.addAll(rules(templates, promise, Stack.of(promise.scope())));
      assertThat(rules).as(promise.role().getNode().getPath()).containsAll(promise.rules());
    }
  }

  /** References to other stacks are known once the app is synthesized. */
  private static Set<String> rules(Templates templates, Promise promise, Stack stack) {
    Object name = stack.resolve(promise.role().getRoleName());
    return templates.rulesOf(stack.getTemplateFile(), JSON.valueToTree(name).toString());
  }

  private void expect(IRole role, Construct scope, String... rules) {
    promises.add(new Promise(role, scope, List.of(rules)));
  }

  /** What people bring is elsewhere: endpoint, names and reaper too, where stacks allow it. */
  private void alone(Layout.Rooms rooms) {
    Construct here = rooms.platform();
    Construct people = rooms.of().apply("People");
    SparkConnectCluster cluster = SparkConnectCluster.Builder.create(here, "Cluster").build();
    Role developers = role(people, "Developers");
    Role operators = role(people, "Operators");
    Role auditors = role(people, "Auditors");
    cluster.grantTunnel(developers);
    cluster.grantOperate(operators);
    cluster.grantView(auditors);
    SparkConnectEndpoint endpoint =
        endpoint(rooms.of().apply("Front"), cluster, Authentication.token());
    endpoint.allowClients(
        SecurityGroup.fromSecurityGroupId(here, "Office", "sg-0123456789abcdef0"));
    ClusterConnectionParameters.Builder.create(rooms.of().apply("Names"), "Connection")
        .endpoint(endpoint)
        .tunnel(true)
        .developerRole(developers)
        .build()
        .grantRead(developers);
    IdleClusterReaper reaper =
        IdleClusterReaper.Builder.create(rooms.of().apply("Watch"), "ClusterReaper")
            .watch(endpoint)
            .build();

    expect(
        developers,
        here,
        "Allow ssm:StartSession",
        "Allow ssm:TerminateSession",
        "Allow ssm:GetParameters");
    expect(operators, here, "Allow elasticmapreduce:TerminateJobFlows");
    expect(auditors, here, "Allow elasticmapreduce:DescribeCluster", "Deny ssm:StartSession");
    expect(
        reaper.getFunction().getRole(),
        here,
        "Allow elasticmapreduce:TerminateJobFlows",
        "Allow cloudwatch:GetMetricData");
    expect(
        cluster.getNodeRole(),
        here,
        "Allow s3:GetObject",
        "Allow s3:PutObject",
        "Allow kms:GenerateDataKey",
        "Allow ssm:UpdateInstanceInformation",
        "Allow secretsmanager:GetSecretValue");
  }

  private void withEverythingGiven(Layout.Rooms rooms) {
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
    Construct data = rooms.of().apply("Data");
    Bucket.Builder.create(data, "Lake")
        .encryptionKey(Key.Builder.create(data, "LakeKey").build())
        .build()
        .grantRead(cluster.getNodeRole());

    expect(
        node,
        here,
        "Allow s3:GetObject",
        "Allow s3:PutObject",
        "Allow kms:GenerateDataKey",
        "Allow ssm:UpdateInstanceInformation",
        "Allow s3:GetObject*",
        "Allow kms:Decrypt");
    expect(service, here, "Allow iam:PassRole", "Allow kms:CreateGrant");
  }

  /** The key and the bucket of another account, the network of whoever shares it. */
  private void withWhatOthersHave(Construct here) {
    IRole node = Role.fromRoleArn(here, "Node", "arn:aws:iam::111122223333:role/Nodes");
    IRole service = Role.fromRoleArn(here, "Service", "arn:aws:iam::111122223333:role/team/Emr");
    IRole people = Role.fromRoleArn(here, "People", "arn:aws:iam::111122223333:role/team/People");
    SparkConnectCluster cluster =
        SparkConnectCluster.Builder.create(here, "Cluster")
            .network(
                SparkConnectNetwork.Builder.create(here, "Network")
                    .vpc(
                        Vpc.fromVpcAttributes(
                            here,
                            "Vpc",
                            VpcAttributes.builder()
                                .vpcId("vpc-0123456789abcdef0")
                                .availabilityZones(List.of("eu-west-1a", "eu-west-1b"))
                                .privateSubnetIds(List.of("subnet-0aaaaaaa", "subnet-0bbbbbbb"))
                                .build()))
                    .forClusters()
                    .build())
            .nodeRole(node)
            .serviceRole(service)
            .encryptionKey(Key.fromKeyArn(here, "Key", "arn:aws:kms:eu-west-1:999988887777:key/1"))
            .logBucket(Bucket.fromBucketName(here, "Logs", "logs"))
            .build();
    cluster.grantTunnel(people);
    SparkConnectEndpoint endpoint =
        endpoint(
            here,
            Certificate.fromCertificateArn(
                here, "Certificate", "arn:aws:acm:eu-west-1:111122223333:certificate/1"),
            cluster,
            Authentication.token());
    ClusterConnectionParameters.Builder.create(here, "Connection")
        .endpoint(endpoint)
        .build()
        .grantRead(people);

    expect(
        node,
        here,
        "Allow s3:GetObject",
        "Allow s3:PutObject",
        "Allow kms:GenerateDataKey",
        "Allow secretsmanager:GetSecretValue");
    expect(service, here, "Allow iam:PassRole", "Allow kms:CreateGrant");
    expect(people, here, "Allow ssm:StartSession", "Allow ssm:GetParameters");
  }

  private static SparkConnectEndpoint endpoint(
      Construct room, SparkConnectCluster cluster, Authentication authentication) {
    return endpoint(
        room,
        Certificate.Builder.create(room, "Certificate").domainName(HOST).build(),
        cluster,
        authentication);
  }

  private static SparkConnectEndpoint endpoint(
      Construct room,
      ICertificate certificate,
      SparkConnectCluster cluster,
      Authentication authentication) {
    return SparkConnectEndpoint.Builder.create(room, "Endpoint")
        .cluster(cluster)
        .certificate(certificate)
        .domainName(HOST)
        .authentication(authentication)
        .build();
  }

  private static Role role(Construct room, String id) {
    return Role.Builder.create(room, id).assumedBy(new AccountRootPrincipal()).build();
  }
}
