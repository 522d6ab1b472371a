package io.sparkgate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.network.SparkConnectNetwork;
import io.sparkgate.testing.Clusters;
import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;

/** Two clusters of one id, on roles of a third stack, and the endpoint of one in a fourth. */
class ClustersInStacksTest {

  private static Stack endpoint;
  private static List<Template> templates;

  @BeforeAll
  static void synthesize() {
    App app = new App();
    Stack roles = new Stack(app, "Roles");
    Role nodes =
        Role.Builder.create(roles, "Nodes")
            .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
            .build();
    SparkConnectCluster one = cluster(new Stack(app, "One"), nodes, "subnet-1", "subnet-2");
    SparkConnectCluster two = cluster(new Stack(app, "Two"), nodes, "subnet-1", "subnet-3");
    endpoint = new Stack(app, "Endpoint");
    Clusters.byToken(endpoint, "Endpoint", one);
    templates = List.of(Template.fromStack(one.getStack()), Template.fromStack(two.getStack()));
  }

  /** IAM has one policy by a name on a role, so the second would take the place of the first. */
  @Test
  void nameTheirPoliciesOnOneRoleApart() {
    for (String policy : List.of("NodePolicy", "ServicePolicy")) {
      assertThat(templates.stream().map(template -> nameOf(template, policy)).distinct())
          .as(policy)
          .hasSize(2);
    }
  }

  @Test
  void areToldApartByWhatOnlyANewOneCanHave() {
    assertThat(templates)
        .extracting(template -> (Object) replacing(template).get("subnets"))
        .containsExactly("[\"subnet-1\",\"subnet-2\"]", "[\"subnet-1\",\"subnet-3\"]");
    assertThat((Object) replacing(templates.get(0)).keySet())
        .isEqualTo(replacing(templates.get(1)).keySet());
  }

  /** That of the cluster's stack may not look whether this one goes back. */
  @Test
  void theEndpointOfAnotherStackIsAnsweredByAFunctionOfItsOwn() {
    Template template = Template.fromStack(endpoint);

    template.hasResourceProperties(
        "Custom::SparkgateTarget",
        Map.of(
            "ServiceToken",
            Match.objectLike(Map.of("Fn::GetAtt", Match.anyValue())),
            "StepId",
            Match.absent()));
    assertThat(Synth.warnings(endpoint).toString()).contains("endpointInAnotherStack");
  }

  private static SparkConnectCluster cluster(Stack stack, IRole nodes, String... subnets) {
    IVpc vpc =
        Vpc.fromVpcAttributes(
            stack,
            "Vpc",
            VpcAttributes.builder()
                .vpcId("vpc-1")
                .availabilityZones(List.of("eu-west-1a", "eu-west-1b"))
                .privateSubnetIds(List.of(subnets))
                .build());
    SparkConnectNetwork network =
        SparkConnectNetwork.Builder.create(stack, "Network")
            .vpc(vpc, SubnetSelection.builder().subnets(vpc.getPrivateSubnets()).build())
            .forClusters()
            .build();
    return SparkConnectCluster.Builder.create(stack, "Cluster")
        .network(network)
        .nodeRole(nodes)
        .build();
  }

  private static Object nameOf(Template template, String policy) {
    return template.findResources("AWS::IAM::Policy").entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("Cluster" + policy))
        .map(entry -> ((Map<?, ?>) entry.getValue().get("Properties")).get("PolicyName"))
        .findFirst()
        .orElseThrow();
  }

  private static Map<?, ?> replacing(Template template) {
    Map<?, ?> hook =
        (Map<?, ?>)
            template
                .findResources("Custom::SparkgateBeforeReplacement")
                .values()
                .iterator()
                .next()
                .get("Properties");
    return (Map<?, ?>) hook.get("Properties");
  }
}
