package io.sparkgate.test;

import static io.sparkgate.test.TemplatePeople.asked;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.test.TemplatePeople.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Each persona of a cluster by tunnel asks for each call, under the policies of the template. What
 * is expected is the table under "On a cluster" in docs/security.md. What Session Manager asks of
 * IAM is as its documentation says: nothing here plays it.
 */
class ClusterMatrixTest {

  private static final Path TEMPLATE = Path.of("resources/golden/ClusterByTunnel.json");
  private static final String CLUSTER_OF_INSTANCE =
      "ssm:resourceTag/aws:elasticmapreduce:job-flow-id";
  private static final String STARTER_OF_SESSION = "ssm:resourceTag/aws:ssmmessages:session-id";

  private final TemplatePeople template = new TemplatePeople(TEMPLATE, "eu-west-1:111122223333");
  private final String clusterId = template.refTo("AWS::EMR::Cluster", "Cluster");
  private final String document = template.refTo("AWS::SSM::Document", "Cluster");

  @Test
  void theClusterIsOpenToWhomThePageSays() throws IOException {
    Map<String, Credentials> people = new LinkedHashMap<>();
    people.put("developer by tunnel", template.signIn("Developers", "alice"));
    people.put("operator", template.signIn("Operators", "oscar"));
    people.put("auditor", template.signIn("Auditors", "audrey"));

    assertThat(template.table(people, this::calls))
        .isEqualTo(PersonaTable.onThePage("On a cluster"));
  }

  private List<Call> calls(Credentials caller) {
    String me = caller.identity().userId();
    return List.of(
        new Call("StartSession: our document", start(clusterId, document)),
        new Call("StartSession: AWS-StartSSHSession", start(clusterId, "AWS-StartSSHSession")),
        new Call("StartSession: no document", start(clusterId, "")),
        new Call("StartSession: our document, another cluster", start("j-OTHER", document)),
        new Call("TerminateSession: own", session("ssm:TerminateSession", me)),
        new Call("TerminateSession: another's", session("ssm:TerminateSession", "AROAX:bob")),
        new Call("ResumeSession: own", session("ssm:ResumeSession", me)),
        new Call("ResumeSession: another's", session("ssm:ResumeSession", "AROAX:bob")),
        new Call("DescribeCluster", cluster("DescribeCluster", clusterId)),
        new Call("DescribeCluster: another cluster", cluster("DescribeCluster", "j-OTHER")),
        new Call("TerminateJobFlows", cluster("TerminateJobFlows", clusterId)),
        new Call("TerminateJobFlows: another cluster", cluster("TerminateJobFlows", "j-OTHER")),
        new Call("AddJobFlowSteps", cluster("AddJobFlowSteps", clusterId)),
        new Call("AddTags: `sparkgate:keep-until`", tag("sparkgate:keep-until")),
        new Call("AddTags: `sparkgate:lifecycle`", tag("sparkgate:lifecycle")));
  }

  /** A document that is named is asked for too; one that is not is asked for by the check alone. */
  private List<Action> start(String cluster, String named) {
    Action instance =
        asked(
            "ssm:StartSession",
            template.arn("ec2", "instance/i-0123456789abcdef0"),
            Map.of(
                CLUSTER_OF_INSTANCE,
                cluster,
                "ssm:SessionDocumentAccessCheck",
                String.valueOf(!named.isEmpty())));
    if (named.isEmpty()) {
      return List.of(instance);
    }
    // AWS's own have no account.
    String documents =
        named.startsWith("AWS-") ? "arn:aws:ssm:eu-west-1::" : template.arn("ssm", "");
    return List.of(
        instance,
        asked(
            "ssm:StartSession",
            documents + "document/" + named,
            Map.of("ssm:SessionDocumentAccessCheck", "true")));
  }

  private List<Action> session(String action, String starter) {
    return List.of(
        asked(
            action,
            template.arn(
                "ssm", "session/" + starter.replaceFirst(".*:", "") + "-0123456789abcdef0"),
            Map.of(STARTER_OF_SESSION, starter)));
  }

  private List<Action> cluster(String action, String id) {
    return List.of(
        asked(
            "elasticmapreduce:" + action,
            template.arn("elasticmapreduce", "cluster/" + id),
            Map.of()));
  }

  private List<Action> tag(String key) {
    return List.of(
        new Action(
            "elasticmapreduce:AddTags",
            template.arn("elasticmapreduce", "cluster/" + clusterId),
            Map.of(key, "2026-12-01T00:00:00Z"),
            List.of(key),
            Map.of(),
            Map.of()));
  }
}
