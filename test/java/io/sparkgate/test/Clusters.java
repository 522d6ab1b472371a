package io.sparkgate.test;

import io.sparkgate.cluster.Authentication;
import io.sparkgate.cluster.ClusterCapacity;
import io.sparkgate.cluster.SparkConnectCluster;
import io.sparkgate.cluster.SparkConnectEndpoint;
import io.sparkgate.connection.ClusterConnectionParameters;
import io.sparkgate.lifecycle.StopPolicy;
import io.sparkgate.watch.IdleClusterReaper;
import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.elasticloadbalancingv2.TrustStore;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.s3.Bucket;

/**
 * Clusters in the three ways to reach them, each a stack with what clients must know; one is
 * watched by a reaper.
 */
final class Clusters {

  static final String TUNNEL = "ClusterByTunnel";
  static final String MUTUAL_TLS = "ClusterByCertificate";
  static final String TOKEN = "ClusterByToken";

  private Clusters() {}

  static Synthesized synthesize(Path directory) {
    app(directory).synth();
    return new Synthesized(directory);
  }

  static App app(Path directory) {
    App app =
        new App(AppProps.builder().outdir(directory.toString()).analyticsReporting(false).build());
    byTunnel(stack(app, TUNNEL));
    Stack certificates = stack(app, MUTUAL_TLS);
    SparkConnectEndpoint endpoint =
        withEndpoint(
            certificates,
            Authentication.mutualTls(
                TrustStore.Builder.create(certificates, "TrustStore")
                    .bucket(Bucket.fromBucketName(certificates, "Authorities", "authorities"))
                    .key("clients.pem")
                    .build()));
    IdleClusterReaper.Builder.create(certificates, "ClusterReaper").watch(endpoint).build();
    withEndpoint(stack(app, TOKEN), Authentication.token());
    return app;
  }

  private static Stack stack(App app, String name) {
    return new Stack(
        app,
        name,
        StackProps.builder()
            .env(Environment.builder().account("111122223333").region("eu-west-1").build())
            .build());
  }

  private static void byTunnel(Stack stack) {
    SparkConnectCluster cluster =
        SparkConnectCluster.Builder.create(stack, "Cluster")
            .capacity(ClusterCapacity.upTo(8).spotTasks())
            .idleTermination(Duration.minutes(60))
            .onDelete(StopPolicy.drain(Duration.minutes(30)))
            .build();
    Role developers = people(stack, "Developers");
    cluster.grantTunnel(developers);
    ClusterConnectionParameters.Builder.create(stack, "Connection")
        .cluster(cluster)
        .developerRole(developers)
        .build()
        .grantRead(developers);
    cluster.grantOperate(people(stack, "Operators"));
    cluster.grantView(people(stack, "Auditors"));
  }

  private static SparkConnectEndpoint withEndpoint(Stack stack, Authentication authentication) {
    SparkConnectEndpoint endpoint =
        SparkConnectEndpoint.Builder.create(stack, "Endpoint")
            .cluster(SparkConnectCluster.Builder.create(stack, "Cluster").build())
            .certificate(
                Certificate.fromCertificateArn(
                    stack,
                    "Certificate",
                    "arn:aws:acm:eu-west-1:111122223333:certificate/7d2469ff-514a-4e4f-9003-5ca4a43cdc41"))
            .domainName(
                "spark.dev.example.com",
                HostedZone.fromHostedZoneAttributes(
                    stack,
                    "Zone",
                    HostedZoneAttributes.builder()
                        .hostedZoneId("Z0123456789ABCDEFGHIJ")
                        .zoneName("dev.example.com")
                        .build()))
            .authentication(authentication)
            .build();
    endpoint.allowClients(Peer.ipv4("10.20.0.0/16"));
    ClusterConnectionParameters.Builder.create(stack, "Connection").endpoint(endpoint).build();
    return endpoint;
  }

  private static Role people(Stack stack, String id) {
    return Role.Builder.create(stack, id).assumedBy(new AccountRootPrincipal()).build();
  }
}
