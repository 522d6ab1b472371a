package io.sparkgate.cluster;

import io.sparkgate.border.ClusterHooks;
import io.sparkgate.internal.Known;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.certificatemanager.ICertificate;
import software.amazon.awscdk.services.ec2.CfnSecurityGroupIngress;
import software.amazon.awscdk.services.ec2.IPeer;
import software.amazon.awscdk.services.ec2.ISubnet;
import software.amazon.awscdk.services.ec2.Port;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationLoadBalancer;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationProtocol;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationProtocolVersion;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationTargetGroup;
import software.amazon.awscdk.services.elasticloadbalancingv2.BaseApplicationListenerProps;
import software.amazon.awscdk.services.elasticloadbalancingv2.HealthCheck;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerAction;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerCertificate;
import software.amazon.awscdk.services.elasticloadbalancingv2.MutualAuthentication;
import software.amazon.awscdk.services.elasticloadbalancingv2.MutualAuthenticationMode;
import software.amazon.awscdk.services.elasticloadbalancingv2.SslPolicy;
import software.amazon.awscdk.services.elasticloadbalancingv2.TargetType;
import software.amazon.awscdk.services.elasticloadbalancingv2.targets.InstanceIdTarget;
import software.constructs.Construct;

/** The load balancer, what it listens to, and the one target that it has. */
final class EndpointFront {

  /** The rule that lets the load balancer reach the server. */
  static final String RULE = "FromLoadBalancer";

  private final SecurityGroup group;
  private final ApplicationLoadBalancer balancer;
  private final ApplicationTargetGroup targets;

  EndpointFront(
      Construct scope,
      ISparkConnectCluster cluster,
      ICertificate certificate,
      Authentication authentication,
      Duration idleTimeout) {
    group =
        SecurityGroup.Builder.create(scope, "Group")
            .vpc(cluster.getVpc())
            .description("Who may call Spark Connect at its load balancer")
            .allowAllOutbound(false)
            .build();
    balancer =
        ApplicationLoadBalancer.Builder.create(scope, "LoadBalancer")
            .vpc(cluster.getVpc())
            .vpcSubnets(SubnetSelection.builder().subnets(onePerZone(cluster.getSubnets())).build())
            .internetFacing(false)
            .securityGroup(group)
            .idleTimeout(idleTimeout)
            .dropInvalidHeaderFields(true)
            .http2Enabled(true)
            .build();
    targets = targets(scope, cluster);
    balancer.addListener("Https", listener(certificate, authentication, targets));
    // A target that is an instance id brings no rules: without these two nothing reaches it.
    admit(scope, cluster);
  }

  private static ApplicationTargetGroup targets(Construct scope, ISparkConnectCluster cluster) {
    return ApplicationTargetGroup.Builder.create(scope, "Targets")
        .vpc(cluster.getVpc())
        .port(InstallStep.PORT)
        .protocol(ApplicationProtocol.HTTP)
        .protocolVersion(ApplicationProtocolVersion.GRPC)
        .targetType(TargetType.INSTANCE)
        .targets(List.of(new InstanceIdTarget(cluster.getPrimaryInstanceId(), InstallStep.PORT)))
        .deregistrationDelay(Duration.seconds(30))
        .healthCheck(
            HealthCheck.builder()
                // The server has no health service: it answers that it does not know the method.
                .path("/AWS.ALB/healthcheck")
                .healthyGrpcCodes("12")
                .interval(Duration.seconds(15))
                .timeout(Duration.seconds(5))
                .healthyThresholdCount(2)
                .unhealthyThresholdCount(2)
                .build())
        .build();
  }

  private static BaseApplicationListenerProps listener(
      ICertificate certificate, Authentication authentication, ApplicationTargetGroup targets) {
    BaseApplicationListenerProps.Builder listener =
        BaseApplicationListenerProps.builder()
            .port(443)
            .protocol(ApplicationProtocol.HTTPS)
            .certificates(List.of(ListenerCertificate.fromCertificateManager(certificate)))
            .sslPolicy(SslPolicy.TLS13_RES)
            .open(false)
            .defaultAction(ListenerAction.forward(List.of(targets)));
    authentication
        .trustStore()
        .ifPresent(
            store ->
                listener.mutualAuthentication(
                    MutualAuthentication.builder()
                        .mutualAuthenticationMode(MutualAuthenticationMode.VERIFY)
                        .trustStore(store)
                        .build()));
    return listener.build();
  }

  /** Both rules are of the endpoint's stack: the group of the cluster's may be of another. */
  private void admit(Construct scope, ISparkConnectCluster cluster) {
    group.addEgressRule(
        cluster.getAccessGroup(), Port.tcp(InstallStep.PORT), "To the Spark Connect server");
    CfnSecurityGroupIngress.Builder.create(scope, RULE)
        .groupId(cluster.getAccessGroup().getSecurityGroupId())
        .sourceSecurityGroupId(group.getSecurityGroupId())
        .ipProtocol("tcp")
        .fromPort(InstallStep.PORT)
        .toPort(InstallStep.PORT)
        .description("From the load balancer")
        .build();
  }

  /**
   * Waits for the target. Only a target group that has a listener looks whether its target is
   * healthy. It is asked again after each step, which starts the server anew.
   */
  CustomResource healthy(Construct scope, SparkConnectClusterBase cluster) {
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put(ClusterHooks.TARGET_GROUP_ARN, targets.getTargetGroupArn());
    properties.put(ClusterHooks.INSTANCE_ID, cluster.getPrimaryInstanceId());
    properties.put(ClusterHooks.PORT, InstallStep.PORT);
    cluster.stepId(scope).ifPresent(step -> properties.put(ClusterHooks.STEP_ID, step));
    CustomResource healthy =
        cluster.function(scope).resource(scope, "TargetHealthy", ClusterHooks.TARGET, properties);
    healthy.getNode().addDependency(balancer, group, scope.getNode().findChild(RULE));
    return healthy;
  }

  void allow(IPeer clients) {
    group.addIngressRule(clients, Port.HTTPS, "Clients");
  }

  SecurityGroup group() {
    return group;
  }

  ApplicationLoadBalancer balancer() {
    return balancer;
  }

  ApplicationTargetGroup targets() {
    return targets;
  }

  /** A load balancer takes no second subnet of a zone; imported subnets may not know theirs. */
  static List<ISubnet> onePerZone(List<ISubnet> subnets) {
    Map<String, ISubnet> byZone = new LinkedHashMap<>();
    for (ISubnet subnet : subnets) {
      String zone = Known.ifKnown(subnet::getAvailabilityZone).orElseGet(subnet::getSubnetId);
      byZone.putIfAbsent(zone, subnet);
    }
    return List.copyOf(byZone.values());
  }
}
