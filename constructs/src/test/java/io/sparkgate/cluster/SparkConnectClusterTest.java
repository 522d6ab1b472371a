package io.sparkgate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.network.SparkConnectNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** A cluster with an id alone. */
class SparkConnectClusterTest {

  private static Stack stack;
  private static SparkConnectCluster cluster;
  private static Template template;

  @BeforeAll
  static void synthesize() {
    stack = new Stack();
    cluster = SparkConnectCluster.Builder.create(stack, "Cluster").build();
    template = Template.fromStack(stack);
  }

  @Test
  void hasOnePrimaryAndGrowsToEightOnDemand() {
    template.hasResourceProperties(
        "AWS::EMR::Cluster",
        Map.of(
            "ReleaseLabel",
            "emr-7.13.0",
            "ManagedScalingPolicy",
            Map.of(
                "ComputeLimits",
                Map.of(
                    "UnitType", "InstanceFleetUnits",
                    "MinimumCapacityUnits", 1,
                    "MaximumCapacityUnits", 8,
                    "MaximumCoreCapacityUnits", 8,
                    "MaximumOnDemandCapacityUnits", 8)),
            "Instances",
            Match.objectLike(
                Map.of(
                    "KeepJobFlowAliveWhenNoSteps", true,
                    "MasterInstanceFleet", Match.objectLike(Map.of("TargetOnDemandCapacity", 1)),
                    "CoreInstanceFleet", Match.objectLike(Map.of("TargetOnDemandCapacity", 1)),
                    "Ec2KeyName", Match.absent(),
                    "TaskInstanceFleets", Match.absent()))));
  }

  @Test
  void staysUntilItIsDeleted() {
    template.hasResourceProperties(
        "AWS::EMR::Cluster", Map.of("AutoTerminationPolicy", Match.absent()));
    assertThat(arguments()).noneMatch(argument -> argument.contains("idleStop"));
  }

  @Test
  void encryptsDisksAndKeepsCredentialsFromWhoFetchesOneUrl() {
    template.hasResourceProperties(
        "AWS::EMR::SecurityConfiguration",
        Map.of(
            "SecurityConfiguration",
            Match.objectLike(
                Map.of(
                    "InstanceMetadataServiceConfiguration",
                    Map.of(
                        "MinimumInstanceMetadataServiceVersion", 2, "HttpPutResponseHopLimit", 1),
                    "EncryptionConfiguration",
                    Match.objectLike(Map.of("EnableAtRestEncryption", true))))));
  }

  @Test
  void installsTheServerByAStepThatRunsTheScript() {
    assertThat(arguments().subList(0, 2)).containsExactly("bash", "-c");
    assertThat(arguments())
        .contains(
            "--port",
            "15002",
            "spark.driver.memory=16g",
            "spark.dynamicAllocation.minExecutors=0",
            "spark.dynamicAllocation.cachedExecutorIdleTimeout=30m",
            "spark.connect.execute.reattachable.senderMaxStreamDuration=2m",
            "spark.pyspark.python=python3.11",
            "spark.connect.grpc.interceptor.classes=io.sparkgate.server.VersionInterceptor,io.sparkgate.server.UploadInterceptor,io.sparkgate.server.LoopbackInterceptor")
        .doesNotContain("--secret")
        .noneMatch(argument -> argument.contains("spark.sparkgate.restart"));
  }

  @Test
  void takesTheTypeThatIsWantedMostAndTheNextWhereThereIsNone() {
    Map<?, ?> instances =
        (Map<?, ?>) properties("AWS::EMR::Cluster").iterator().next().get("Instances");

    for (String fleet : List.of("MasterInstanceFleet", "CoreInstanceFleet")) {
      Map<?, ?> made = (Map<?, ?>) instances.get(fleet);
      assertThat(made.get("LaunchSpecifications"))
          .isEqualTo(Map.of("OnDemandSpecification", Map.of("AllocationStrategy", "prioritized")));
      assertThat(((List<?>) made.get("InstanceTypeConfigs")).toString())
          .contains("InstanceType=m7g", "Priority=0", "InstanceType=m6g", "Priority=1");
    }
  }

  @Test
  void tagsEveryGroupThatInstancesGet() {
    Map<?, ?> instances =
        (Map<?, ?>) properties("AWS::EMR::Cluster").iterator().next().get("Instances");
    List<Object> groups = new ArrayList<>();
    for (String one :
        List.of(
            "EmrManagedMasterSecurityGroup",
            "EmrManagedSlaveSecurityGroup",
            "ServiceAccessSecurityGroup")) {
      groups.add(instances.get(one));
    }
    groups.addAll((List<?>) instances.get("AdditionalMasterSecurityGroups"));
    groups.addAll((List<?>) instances.get("AdditionalSlaveSecurityGroups"));

    assertThat(groups).hasSize(6);
    for (Object group : groups) {
      String id = String.valueOf(((List<?>) ((Map<?, ?>) group).get("Fn::GetAtt")).get(0));
      assertThat(tags(id).toString()).as(id).contains("Key=" + EMR_TAG + ", Value=true");
    }
  }

  private static final String EMR_TAG = SparkConnectNetwork.EMR_TAG;

  @Test
  void tagsTheSubnetsThatItMakes() {
    template
        .findResources("AWS::EC2::Subnet")
        .forEach(
            (id, subnet) ->
                assertThat(tags(id).toString()).as(id).contains("Key=" + EMR_TAG + ", Value=true"));
  }

  @Test
  void writesTheRulesThatEmrWouldWriteAndOpensNothingToEverybody() {
    // 15 that EMR would write, and one of the interface endpoints.
    template.resourceCountIs("AWS::EC2::SecurityGroupIngress", 16);
    assertThat(properties("AWS::EC2::SecurityGroupIngress"))
        .noneMatch(rule -> rule.containsKey("CidrIp") || rule.containsKey("CidrIpv6"));
    assertThat(properties("AWS::EC2::SecurityGroup"))
        .noneMatch(group -> group.containsKey("SecurityGroupIngress"));
  }

  @Test
  void waitsForTheServerAndTellsTheInstance() {
    template.hasResourceProperties(
        "Custom::SparkgateServer",
        Map.of(
            "ClusterId", stack.resolve(cluster.getClusterId()),
            "StepId", Match.anyValue(),
            "LogUri", Match.anyValue()));
    assertThat(stack.resolve(cluster.getPrimaryInstanceId()).toString())
        .contains("PrimaryInstanceId");
  }

  @Test
  void isAskedBeforeAReplacementOfAllThatReplacesIt() {
    Map<?, ?> asked = properties("Custom::SparkgateBeforeReplacement").iterator().next();
    Map<?, ?> named = (Map<?, ?>) asked.get("Properties");

    assertThat(asked.get("Generation")).isEqualTo("1");
    assertThat(named.keySet().stream().map(String::valueOf))
        .contains("release label", "subnets", "instance types of the primary node", "service role")
        .doesNotContain("managed scaling policy", "tags", "auto termination policy");
    assertThat(named.get("instance types of the primary node"))
        .isEqualTo("m7g.2xlarge, m6g.2xlarge");
    // As structures, which CloudFormation fills in: in a text it would compare what never changes.
    assertThat(named.get("service role").toString()).startsWith("{Fn::GetAtt=");
    assertThat(named.get("security configuration").toString()).startsWith("{Ref=");
    assertThat(named.get("subnets").toString()).startsWith("[{Ref=");
    assertThat(named.values())
        .noneMatch(value -> value instanceof String text && text.contains("Fn::"))
        .noneMatch(value -> value instanceof String text && text.contains("Ref\""));
    dependsOn("AWS::EMR::Cluster", "BeforeReplacement");
  }

  @Test
  void refusesADeletionWhileItIsUsed() {
    template.hasResourceProperties(
        "Custom::SparkgateBeforeDelete",
        Map.of("Policy", "REFUSE", "TargetGroupArn", Match.absent()));
    dependsOn("Custom::SparkgateBeforeDelete", "ServerReady");
  }

  @Test
  void forwardsThePortOfTheServerAndNoOther() {
    template.hasResourceProperties(
        "AWS::SSM::Document",
        Map.of(
            "DocumentType",
            "Session",
            "Content",
            Match.objectLike(
                Map.of(
                    "properties",
                    Map.of(
                        "portNumber", "15002",
                        "type", "LocalPortForwarding",
                        "localPortNumber", "{{ localPortNumber }}")))));
  }

  private static List<String> arguments() {
    Map<?, ?> step = properties("AWS::EMR::Step").iterator().next();
    return ((List<?>) ((Map<?, ?>) step.get("HadoopJarStep")).get("Args"))
        .stream().map(String::valueOf).toList();
  }

  private static List<Map<?, ?>> properties(String type) {
    List<Map<?, ?>> all = new ArrayList<>();
    template
        .findResources(type)
        .values()
        .forEach(resource -> all.add((Map<?, ?>) resource.get("Properties")));
    return all;
  }

  private static List<?> tags(String id) {
    Map<?, ?> resources = (Map<?, ?>) template.toJSON().get("Resources");
    Map<?, ?> resource = (Map<?, ?>) resources.get(id);
    return (List<?>) ((Map<?, ?>) resource.get("Properties")).get("Tags");
  }

  private static void dependsOn(String type, String part) {
    Map<String, Object> resource = template.findResources(type).values().iterator().next();
    assertThat(resource.get("DependsOn").toString()).contains(part);
  }
}
