package io.sparkgate.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.ec2.Peer;
import software.amazon.awscdk.services.elasticloadbalancingv2.TrustStore;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.route53.HostedZone;
import software.amazon.awscdk.services.route53.HostedZoneAttributes;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.sns.Topic;

/** Endpoints before clusters that are made here. */
class SparkConnectEndpointTest {

  private static final String HOST = "spark.dev.example.com";

  private static final String TOPIC = "arn:aws:sns:eu-west-1:111122223333:OnCall";

  /** A cluster made here, with an endpoint that asks for certificates. */
  private static Stack made;

  private static Template template;

  @BeforeAll
  static void synthesize() {
    made = new Stack();
    SparkConnectCluster cluster = SparkConnectCluster.Builder.create(made, "Cluster").build();
    SparkConnectEndpoint.Builder.create(made, "Endpoint")
        .cluster(cluster)
        .certificate(
            Certificate.Builder.create(made, "Certificate").domainName("*.dev.example.com").build())
        .domainName(
            HOST,
            HostedZone.fromHostedZoneAttributes(
                made,
                "Zone",
                HostedZoneAttributes.builder().hostedZoneId("Z1").zoneName("example.com").build()))
        .authentication(
            Authentication.mutualTls(
                TrustStore.Builder.create(made, "TrustStore")
                    .bucket(Bucket.fromBucketName(made, "Authorities", "authorities"))
                    .key("clients.pem")
                    .build()))
        .alarmAction(new SnsAction(Topic.fromTopicArn(made, "OnCall", TOPIC)))
        .build()
        .allowClients(Peer.ipv4("10.20.0.0/16"));
    cluster.grantTunnel(
        Role.Builder.create(made, "People").assumedBy(new AccountRootPrincipal()).build());
    template = Template.fromStack(made);
  }

  @Test
  void listensInsideTheVpcWithTls13AndAsksForCertificates() {
    template.hasResourceProperties(
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        Map.of(
            "Scheme",
            "internal",
            "LoadBalancerAttributes",
            Match.arrayWith(
                List.of(
                    Map.of("Key", "idle_timeout.timeout_seconds", "Value", "900"),
                    Map.of(
                        "Key",
                        "routing.http.drop_invalid_header_fields.enabled",
                        "Value",
                        "true")))));
    template.hasResourceProperties(
        "AWS::ElasticLoadBalancingV2::Listener",
        Map.of(
            "Port",
            443,
            "Protocol",
            "HTTPS",
            "SslPolicy",
            "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
            "MutualAuthentication",
            Match.objectLike(Map.of("Mode", "verify"))));
  }

  @Test
  void asksTheServerWhetherItIsThereAsGrpcDoes() {
    template.hasResourceProperties(
        "AWS::ElasticLoadBalancingV2::TargetGroup",
        Map.of(
            "ProtocolVersion",
            "GRPC",
            "HealthCheckPath",
            "/AWS.ALB/healthcheck",
            "HealthCheckIntervalSeconds",
            15,
            "Matcher",
            Map.of("GrpcCode", "12"),
            "Targets",
            List.of(Match.objectLike(Map.of("Port", 15002)))));
  }

  @Test
  void letsOnlyNamedClientsInAndItselfToTheServer() {
    template.hasResourceProperties(
        "AWS::EC2::SecurityGroup",
        Map.of(
            "SecurityGroupIngress",
            List.of(Match.objectLike(Map.of("CidrIp", "10.20.0.0/16", "FromPort", 443)))));
    template.hasResourceProperties(
        "AWS::EC2::SecurityGroupIngress",
        Map.of("FromPort", 15002, "Description", "From the load balancer"));
    template.hasResourceProperties("AWS::EC2::SecurityGroupEgress", Map.of("FromPort", 15002));
  }

  @Test
  void bindsNamesToCertificatesInTheServer() {
    assertThat(template.toJSON().toString())
        .contains("io.sparkgate.server.OwnerInterceptor")
        .doesNotContain("LoopbackInterceptor");
    template.resourceCountIs("AWS::SecretsManager::Secret", 0);
  }

  @Test
  void leadsTheHostToTheLoadBalancer() {
    template.hasResourceProperties(
        "AWS::Route53::RecordSet", Map.of("Name", HOST + ".", "Type", "A"));
  }

  @Test
  void waitsUntilTheTargetIsHealthyAndIsDeletedBeforeTheCluster() {
    template.resourceCountIs("Custom::SparkgateTarget", 1);
    Map<String, Object> hook =
        template.findResources("Custom::SparkgateBeforeDelete").values().iterator().next();
    assertThat(hook.get("DependsOn").toString()).contains("EndpointTargetHealthy");
    assertThat(hook.get("Properties").toString()).contains("TargetGroupArn");
  }

  @Test
  void asksForTheTargetAgainAfterEachStep() {
    String step = template.findResources("AWS::EMR::Step").keySet().iterator().next();

    template.hasResourceProperties(
        "Custom::SparkgateTarget", Map.of("StepId", Map.of("Ref", step)));
  }

  @Test
  void tellsWhenNoServerHasBeenHealthyForFiveMinutes() {
    template.hasResource(
        "AWS::CloudWatch::Alarm",
        Map.of(
            "DependsOn",
            Match.arrayWith(List.of(Match.stringLikeRegexp("TargetHealthy"))),
            "Properties",
            Match.objectLike(
                Map.of(
                    "MetricName",
                    "HealthyHostCount",
                    "Statistic",
                    "Maximum",
                    "Period",
                    60,
                    "EvaluationPeriods",
                    5,
                    "Threshold",
                    1,
                    "ComparisonOperator",
                    "LessThanThreshold",
                    "TreatMissingData",
                    "breaching",
                    "AlarmActions",
                    List.of(TOPIC)))));
  }

  @Test
  void doesNotWarnOfItsOwnRule() {
    assertThat(Synth.warnings(made).toString()).doesNotContain("unauthenticatedPeers");
  }

  @Test
  void warnsOfATunnelPastTheCertificates() {
    assertThat(Synth.warnings(made).toString()).contains("tunnelPastTheFront");
  }

  @Test
  void givesTheServerOneTokenAndNobodyElse() {
    Stack token = new Stack();
    SparkConnectCluster cluster = SparkConnectCluster.Builder.create(token, "Cluster").build();
    SparkConnectEndpoint endpoint =
        SparkConnectEndpoint.Builder.create(token, "Endpoint")
            .cluster(cluster)
            .certificate(imported(token, "eu-west-1"))
            .domainName(HOST)
            .authentication(Authentication.token())
            .build();

    assertThat(endpoint.getTokenSecret()).isPresent();
    assertThat(Template.fromStack(token).toJSON().toString())
        .contains("io.sparkgate.server.TokenInterceptor", "--secret")
        .doesNotContain("LoopbackInterceptor");
    Synth.hasStatement(
        token,
        Map.of(
            "Action",
            "secretsmanager:GetSecretValue",
            "Resource",
            token.resolve(endpoint.getTokenSecret().orElseThrow().getSecretArn())));
    assertThatThrownBy(
            () ->
                SparkConnectEndpoint.Builder.create(token, "Second")
                    .cluster(cluster)
                    .certificate(imported(token, "eu-west-1", "Other"))
                    .domainName(HOST)
                    .authentication(Authentication.token())
                    .build())
        .hasMessageContaining("the cluster has an endpoint already");
  }

  private static ICertificate imported(Stack stack, String region) {
    return imported(stack, region, "Certificate");
  }

  private static ICertificate imported(Stack stack, String region, String id) {
    return Certificate.fromCertificateArn(
        stack, id, "arn:aws:acm:%s:111122223333:certificate/1".formatted(region));
  }
}
