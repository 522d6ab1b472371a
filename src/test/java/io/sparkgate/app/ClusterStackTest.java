package io.sparkgate.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

class ClusterStackTest {

  private static final String TOPIC = "arn:aws:sns:eu-west-1:111122223333:OnCall";

  private static final Map<String, Object> ENDPOINT =
      Map.of(
          "domainName", "spark.dev.example.com",
          "certificateArn", "arn:aws:acm:eu-west-1:111122223333:certificate/1",
          "trustStoreArn",
              "arn:aws:elasticloadbalancing:eu-west-1:111122223333:truststore/people/1",
          "clients", List.of("10.20.0.0/16"));

  @Test
  void isAStackOfItsOwnBesideTheApplications() {
    assertThat(names(Map.of("environments", Map.of("dev", Map.of("cluster", Map.of())))))
        .containsExactly("SparkConnect-dev", "SparkConnect-dev-cluster");
  }

  @Test
  void isAloneWhereTheEnvironmentHasNothingElse() {
    assertThat(
            names(Map.of("environments", Map.of("dev", Map.of("cluster", Map.of("only", true))))))
        .containsExactly("SparkConnect-dev-cluster");
  }

  @Test
  void isAskedForByItsName() {
    Map<String, Object> environments =
        Map.of("dev", Map.of("cluster", Map.of()), "prod", Map.of("cluster", Map.of()));

    assertThat(names(Map.of("environments", environments, "environment", "dev-cluster")))
        .containsExactly("SparkConnect-dev-cluster");
    assertThat(names(Map.of("environments", environments, "environment", "dev")))
        .containsExactly("SparkConnect-dev");
  }

  @Test
  void handsEverySettingToItsConstruct() {
    Template template =
        template(
            Map.of(
                "natGateways",
                1,
                "cluster",
                Map.of(
                    "only",
                    true,
                    "maxNodes",
                    5,
                    "spotTasks",
                    true,
                    "primaryInstanceType",
                    "r7g.2xlarge",
                    "nodeInstanceType",
                    "m7g.2xlarge",
                    "driverMemoryGb",
                    24,
                    "idleTerminationMinutes",
                    45,
                    "generation",
                    2,
                    "restart",
                    3,
                    "onDelete",
                    "drain 30")));
    String cluster = template.findResources("AWS::EMR::Cluster").toString();

    assertThat(cluster)
        .contains("r7g.2xlarge", "m7g.2xlarge", "MaximumCapacityUnits=5", "IdleTimeout=900");
    assertThat(template.findResources("AWS::EMR::Step").toString())
        .contains(
            "spark.driver.memory=24",
            "spark.sparkgate.idleStop=2700s",
            "spark.sparkgate.restart=3");
    template.hasResourceProperties(
        "Custom::SparkgateBeforeDelete", Map.of("Policy", "DRAIN", "MaxWaitMinutes", 30));
    template.resourceCountIs("AWS::EC2::NatGateway", 1);
    template.resourceCountIs("AWS::EMRServerless::Application", 0);
  }

  @Test
  void tellsAClientThatItComesByTunnel() {
    Template template = template(Map.of("cluster", Map.of("only", true)));

    parameter(template, "cluster-id");
    parameter(template, "session-document");
    assertThat(template.findResources("AWS::SSM::Parameter").toString())
        .doesNotContain("/endpoint", "/authentication");
    assertThat(template.findResources("AWS::IAM::Policy").toString()).contains("ssm:StartSession");
    template.hasOutput("ConnectionPrefix", Map.of("Value", "/sparkgate/dev-cluster"));
    assertThat(template.findOutputs("ConnectPolicy").toString())
        .contains("parameter/sparkgate/dev-cluster/cluster-id");
  }

  @Test
  void tellsAClientToPresentACertificateAndLetsNobodyPastTheFront() {
    Template template =
        template(
            Map.of("region", "eu-west-1", "cluster", Map.of("only", true, "endpoint", ENDPOINT)));

    template.hasResourceProperties(
        "AWS::SSM::Parameter",
        Map.of("Name", "/sparkgate/dev-cluster/endpoint", "Value", "spark.dev.example.com:443"));
    template.hasResourceProperties(
        "AWS::SSM::Parameter",
        Map.of("Name", "/sparkgate/dev-cluster/authentication", "Value", "mutual-tls"));
    template.hasOutput("EndpointAddress", Map.of("Value", "spark.dev.example.com:443"));
    assertThat(template.findResources("AWS::IAM::Policy").toString())
        .doesNotContain("Action=ssm:StartSession, Effect=Allow");
  }

  @Test
  void letsATesterBecomeADeveloperOfIt() {
    String tester = "arn:aws:iam::444455556666:role/Runner";
    Template template =
        template(Map.of("smokeTestedBy", List.of(tester), "cluster", Map.of("only", true)));

    assertThat(template.findResources("AWS::IAM::Role").toString()).contains(tester);
  }

  @Test
  void letsDevelopersReadTheTokenWhereThereIsOne() {
    Map<String, Object> endpoint = new HashMap<>(ENDPOINT);
    endpoint.remove("trustStoreArn");
    endpoint.put("token", true);
    endpoint.put("idleMinutes", 45);
    endpoint.put("hostedZone", Map.of("id", "Z0123456789", "name", "example.com"));
    Template template =
        template(
            Map.of("alarmTopic", TOPIC, "cluster", Map.of("only", true, "endpoint", endpoint)));

    assertThat(template.findResources("AWS::CloudWatch::Alarm"))
        .hasSizeGreaterThan(1)
        .allSatisfy(
            (id, alarm) ->
                assertThat(alarm.get("Properties").toString()).as(id).contains("[" + TOPIC + "]"));
    assertThat(heldBack(template))
        .contains("Reaper", "ConnectionTokenSecretArn")
        .contains("DeveloperRoleDefaultPolicy", "OperatorDefaultPolicy", "AuditorDefaultPolicy");
    parameter(template, "token-secret-arn");
    template.resourceCountIs("AWS::SecretsManager::Secret", 1);
    template.resourceCountIs("AWS::Route53::RecordSet", 1);
    assertThat(template.findResources("AWS::Lambda::Function").toString())
        .contains("ClusterReaperHandler");
    assertThat(template.findResources("AWS::IAM::Policy").toString())
        .contains("secretsmanager:GetSecretValue", "Roles=[{Ref=Developer");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(
            Map.of("cluster", Map.of("nodes", 3)),
            "cdk.json: environments.dev.cluster has the unknown setting 'nodes'; the settings are [driverMemoryGb,"
                + " endpoint, generation, idleTerminationMinutes, maxNodes, nodeInstanceType, onDelete, only,"
                + " primaryInstanceType, releaseLabel, restart, spotTasks]"),
        Arguments.of(
            Map.of("idleMinutes", 30, "cluster", Map.of("only", true)),
            "cdk.json: environments.dev has the unknown setting 'idleMinutes'; the settings are [account, alarmTopic,"
                + " auditors, cluster, developers, natGateways, operators, region, smokeTestedBy, terminationProtection, vpc]"),
        Arguments.of(
            Map.of("cluster", Map.of("maxNodes", 0)),
            "cdk.json: environments.dev.cluster: ClusterCapacity.upTo: nodes received 0"),
        Arguments.of(
            Map.of("cluster", Map.of("generation", 0)),
            "cdk.json: environments.dev.cluster.generation: SparkConnect-dev-cluster/Cluster: generation received 0"),
        Arguments.of(
            Map.of("alarmTopic", TOPIC, "cluster", Map.of("only", true)),
            "cdk.json: environments.dev.alarmTopic received \"arn:aws:sns:eu-west-1:111122223333:OnCall\", but takes one"
                + " only where something has an alarm: 'cluster.endpoint', or an application beside the cluster"),
        Arguments.of(
            Map.of("cluster", Map.of("idleTerminationMinutes", 3)),
            "cdk.json: environments.dev.cluster.idleTerminationMinutes: "),
        Arguments.of(
            Map.of("cluster", Map.of("primaryInstanceType", "large")),
            "cdk.json: environments.dev.cluster.primaryInstanceType received \"large\", but takes an instance type"),
        Arguments.of(
            endpoint("trustStoreArn", null),
            "cdk.json: environments.dev.cluster.endpoint lacks a setting, one of 'trustStoreArn', 'token'"),
        Arguments.of(
            endpoint("token", true),
            "cdk.json: environments.dev.cluster.endpoint.token received true, but takes false beside trustStoreArn:"
                + " clients have certificates, or a token"),
        Arguments.of(
            endpoint("clients", null),
            "cdk.json: environments.dev.cluster.endpoint lacks the setting 'clients'"),
        Arguments.of(
            endpoint("clients", List.of("0.0.0.0/0")),
            "cdk.json: environments.dev.cluster.endpoint.clients: "),
        Arguments.of(
            endpoint("hostedZone", Map.of("id", "Z1")),
            "cdk.json: environments.dev.cluster.endpoint.hostedZone lacks the setting 'name'"),
        Arguments.of(
            endpoint("idleMinutes", 1),
            "cdk.json: environments.dev.cluster.endpoint: ClusterIdlePolicy: terminateAfter received 1"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void namesTheSettingThatIsWrong(Map<String, Object> settings, String message) {
    assertThatThrownBy(() -> stacks(Map.of("environments", Map.of("dev", settings))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refusesAnEnvironmentOfTheNameOfAClustersStack() {
    assertThatThrownBy(
            () ->
                stacks(
                    Map.of(
                        "environments",
                        Map.of("dev", Map.of("cluster", Map.of()), "dev-cluster", Map.of()))))
        .hasMessage(
            "cdk.json: environments has 'dev-cluster' and the cluster of 'dev', whose stack has that name too;"
                + " call one of them otherwise");
  }

  @Test
  void refusesToPromoteAnEnvironmentThatHasAClusterOnly() {
    assertThatThrownBy(
            () ->
                stacks(
                    Map.of(
                        "environments",
                        Map.of("dev", Map.of("cluster", Map.of("only", true))),
                        "promotion",
                        List.of("dev"))))
        .hasMessage(
            "cdk.json: promotion has 'dev', but this environment has a cluster only, which a CI deploys as"
                + " 'dev-cluster' by commands of its own; leave it out (docs/pipeline.md)");
  }

  private static Map<String, Object> endpoint(String name, Object value) {
    Map<String, Object> endpoint = new HashMap<>(ENDPOINT);
    if (value == null) {
      endpoint.remove(name);
    } else {
      endpoint.put(name, value);
    }
    return Map.of("cluster", Map.of("only", true, "endpoint", endpoint));
  }

  /** What is deleted only when the deletion of the cluster is not refused. */
  private static String heldBack(Template template) {
    return template
        .findResources("Custom::SparkgateBeforeDelete")
        .values()
        .iterator()
        .next()
        .get("DependsOn")
        .toString();
  }

  private static void parameter(Template template, String name) {
    template.hasResourceProperties(
        "AWS::SSM::Parameter", Map.of("Name", "/sparkgate/dev-cluster/" + name));
  }

  private static Template template(Map<String, Object> settings) {
    return Template.fromStack(stacks(Map.of("environments", Map.of("dev", settings))).get(0));
  }

  private static List<String> names(Map<String, Object> context) {
    return stacks(context).stream().map(Stack::getStackName).toList();
  }

  private static List<Stack> stacks(Map<String, Object> context) {
    return SparkgateApp.addStacks(new App(AppProps.builder().context(context).build()));
  }
}
