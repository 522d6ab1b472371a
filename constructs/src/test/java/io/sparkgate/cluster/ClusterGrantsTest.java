package io.sparkgate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.testing.Synth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.AccountRootPrincipal;
import software.amazon.awscdk.services.iam.Role;

/** What people, nodes and EMR may do. */
class ClusterGrantsTest {

  private static Stack stack;
  private static Template template;

  @BeforeAll
  static void synthesize() {
    stack = new Stack();
    SparkConnectCluster cluster = SparkConnectCluster.Builder.create(stack, "Cluster").build();
    Role people =
        Role.Builder.create(stack, "People").assumedBy(new AccountRootPrincipal()).build();
    Role operators =
        Role.Builder.create(stack, "Operators").assumedBy(new AccountRootPrincipal()).build();
    Role viewers =
        Role.Builder.create(stack, "Viewers").assumedBy(new AccountRootPrincipal()).build();
    cluster.grantTunnel(people);
    cluster.grantOperate(operators);
    cluster.grantView(viewers);
    template = Template.fromStack(stack);
  }

  @Test
  void letsNodesFetchThreeFilesAndNotTheBucketThatTheyAreIn() {
    List<?> resources = (List<?>) statement("NodePolicy", "s3:GetObject").get("Resource");

    assertThat(resources).hasSize(3);
    assertThat(resources.toString()).doesNotContain("/*");
    assertThat(statementsOf("NodePolicy").toString()).doesNotContain("s3:GetObject*", "s3:List");
  }

  /** In China the service has another name. */
  @Test
  void letsEmrPassTheNodeRoleToEc2InEveryPartition() {
    Synth.hasStatement(
        stack,
        Map.of(
            "Action",
            "iam:PassRole",
            "Condition",
            Map.of("StringLike", Map.of("iam:PassedToService", "ec2.amazonaws.com*"))));
  }

  @Test
  void opensATunnelOnlyByItsOwnDocumentOnItsOwnInstances() {
    Map<?, ?> onInstances = statement("PeopleDefaultPolicy", "ssm:StartSession");

    assertThat(onInstances.get("Condition").toString())
        .contains("ssm:resourceTag/aws:elasticmapreduce:job-flow-id", "SessionDocumentAccessCheck");
    assertThat(statementsOf("PeopleDefaultPolicy").toString())
        .contains(":document/", "${aws:userid}", "ssm:TerminateSession")
        .doesNotContain("elasticmapreduce:Terminate");
  }

  @Test
  void letsOperatorsEndAndKeepItAndNotReachIt() {
    assertThat(statementsOf("OperatorsDefaultPolicy").toString())
        .contains("elasticmapreduce:TerminateJobFlows", "sparkgate:keep-until")
        .doesNotContain("ssm:StartSession");
  }

  @Test
  void letsViewersSeeAndDeniesThemEverySession() {
    List<Map<?, ?>> statements = statementsOf("ViewersDefaultPolicy");

    assertThat(statements)
        .filteredOn(statement -> statement.get("Effect").equals("Deny"))
        .hasSize(2)
        .allMatch(statement -> statement.get("Action").equals("ssm:StartSession"));
    assertThat(statements.toString()).doesNotContain("Terminate");
  }

  private static List<Map<?, ?>> statementsOf(String policy) {
    return template.findResources("AWS::IAM::Policy").entrySet().stream()
        .filter(entry -> entry.getKey().contains(policy))
        .map(entry -> (Map<?, ?>) entry.getValue().get("Properties"))
        .map(properties -> (Map<?, ?>) properties.get("PolicyDocument"))
        .flatMap(document -> ((List<?>) document.get("Statement")).stream())
        .<Map<?, ?>>map(statement -> (Map<?, ?>) statement)
        .toList();
  }

  private static Map<?, ?> statement(String policy, String action) {
    Stream<Map<?, ?>> statements = statementsOf(policy).stream();
    return statements
        .filter(statement -> statement.get("Action").toString().contains(action))
        .findFirst()
        .orElseThrow();
  }
}
