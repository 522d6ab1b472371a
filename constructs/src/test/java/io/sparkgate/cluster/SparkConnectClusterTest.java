package io.sparkgate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

class SparkConnectClusterTest {

  @Test
  void worksWithAnIdAlone() throws Exception {
    Stack stack = new Stack();
    SparkConnectCluster.Builder.create(stack, "Cluster").build();

    java.nio.file.Files.writeString(
        java.nio.file.Path.of("/tmp/cluster.json"),
        new com.fasterxml.jackson.databind.ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(Template.fromStack(stack).toJSON()));
    assertThat(Template.fromStack(stack).findResources("AWS::EMR::Cluster")).hasSize(1);
  }

  @Test
  void endp() throws Exception {
    Stack stack = new Stack();
    SparkConnectCluster cluster =
        SparkConnectCluster.Builder.create(stack, "Cluster")
            .capacity(ClusterCapacity.upTo(4).spotTasks())
            .idleTermination(software.amazon.awscdk.Duration.minutes(60))
            .build();
    var who =
        software.amazon.awscdk.services.iam.Role.Builder.create(stack, "Who")
            .assumedBy(new software.amazon.awscdk.services.iam.AccountRootPrincipal())
            .build();
    cluster.grantTunnel(who);
    cluster.grantOperate(who);
    cluster.grantView(who);
    SparkConnectEndpoint.Builder.create(stack, "Endpoint")
        .cluster(cluster)
        .domainName("spark.example.com")
        .certificate(
            software.amazon.awscdk.services.certificatemanager.Certificate.fromCertificateArn(
                stack,
                "Cert",
                "arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-0000-0000-000000000000"))
        .authentication(Authentication.token())
        .build()
        .allowClients(software.amazon.awscdk.services.ec2.Peer.ipv4("10.20.0.0/16"));
    java.nio.file.Files.writeString(
        java.nio.file.Path.of("/tmp/endpoint.json"),
        new com.fasterxml.jackson.databind.ObjectMapper()
            .writerWithDefaultPrettyPrinter()
            .writeValueAsString(Template.fromStack(stack).toJSON()));
    System.out.println(io.sparkgate.testing.Synth.warnings(stack));
  }
}
