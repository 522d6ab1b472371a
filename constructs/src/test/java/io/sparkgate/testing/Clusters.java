package io.sparkgate.testing;

import io.sparkgate.cluster.Authentication;
import io.sparkgate.cluster.ISparkConnectCluster;
import io.sparkgate.cluster.SparkConnectCluster;
import io.sparkgate.cluster.SparkConnectClusterAttributes;
import io.sparkgate.cluster.SparkConnectEndpoint;
import java.util.List;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.elasticloadbalancingv2.ITrustStore;
import software.amazon.awscdk.services.elasticloadbalancingv2.TrustStore;
import software.amazon.awscdk.services.secretsmanager.Secret;

/** Clusters that are quickly made, because another stack owns them, and endpoints before them. */
public final class Clusters {

  private Clusters() {}

  /** One with everything that an endpoint needs. */
  public static ISparkConnectCluster imported(Stack stack, String id, String clusterId) {
    IVpc vpc =
        Vpc.fromVpcAttributes(
            stack,
            id + "Vpc",
            VpcAttributes.builder()
                .vpcId("vpc-1")
                .availabilityZones(List.of("eu-west-1a", "eu-west-1b"))
                .privateSubnetIds(List.of("subnet-1", "subnet-2"))
                .build());
    return SparkConnectCluster.fromClusterAttributes(
        stack,
        id,
        SparkConnectClusterAttributes.builder()
            .clusterId(clusterId)
            .primaryInstanceId("i-0123456789abcdef0")
            .accessGroup(SecurityGroup.fromSecurityGroupId(stack, id + "Access", "sg-1"))
            .sessionDocument("tunnel")
            .vpc(vpc, vpc.getPrivateSubnets())
            .tokenSecret(
                Secret.fromSecretCompleteArn(
                    stack,
                    id + "Token",
                    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:token-a1b2c3"))
            .build());
  }

  public static SparkConnectEndpoint byToken(Stack stack, String id, ISparkConnectCluster cluster) {
    return endpoint(stack, id, cluster, Authentication.token());
  }

  public static SparkConnectEndpoint byCertificate(
      Stack stack, String id, ISparkConnectCluster cluster) {
    ITrustStore store =
        TrustStore.fromTrustStoreArn(
            stack,
            id + "Trust",
            "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/ours/0123456789abcdef");
    return endpoint(stack, id, cluster, Authentication.mutualTls(store));
  }

  private static SparkConnectEndpoint endpoint(
      Stack stack, String id, ISparkConnectCluster cluster, Authentication authentication) {
    return SparkConnectEndpoint.Builder.create(stack, id)
        .cluster(cluster)
        .domainName("spark.dev.example.com")
        .certificate(
            Certificate.fromCertificateArn(
                stack,
                id + "Certificate",
                "arn:aws:acm:eu-west-1:111122223333:certificate/0000-1111"))
        .authentication(authentication)
        .build();
  }
}
