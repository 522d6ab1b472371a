package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.template.BadInput;
import io.sparkgate.sandbox.template.Known;
import io.sparkgate.sandbox.template.RolePolicies;
import io.sparkgate.sandbox.template.StackTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Each persona of a cluster by tunnel asks for each call, under the policies of the template. What
 * is expected is the table under "On a cluster" in docs/security.md. What Session Manager asks of
 * IAM is as its documentation says: nothing here plays it.
 */
class ClusterMatrixTest {

  private static final Path TEMPLATE = Path.of("resources/golden/ClusterByTunnel.json");
  private static final String PLACE = "eu-west-1:111122223333";
  private static final String CLUSTER_OF_INSTANCE =
      "ssm:resourceTag/aws:elasticmapreduce:job-flow-id";
  private static final String STARTER_OF_SESSION = "ssm:resourceTag/aws:ssmmessages:session-id";

  private final LiveAccess access = new LiveAccess();
  private final StackTemplate template = read();
  private final String clusterId = refTo("AWS::EMR::Cluster");
  private final String document = refTo("AWS::SSM::Document");

  /** A call, and all that it asks of IAM; it needs all of it. */
  private record Call(String name, List<Action> asked) {}

  @Test
  void theClusterIsOpenToWhomThePageSays() throws IOException {
    Map<String, Credentials> people = new LinkedHashMap<>();
    people.put("developer by tunnel", signIn("Developers", "alice"));
    people.put("operator", signIn("Operators", "oscar"));
    people.put("auditor", signIn("Auditors", "audrey"));

    List<String> lines = new ArrayList<>();
    lines.add("| call | " + String.join(" | ", people.keySet()) + " |");
    lines.add("|---".repeat(people.size() + 1) + "|");
    List<List<Call>> columns = people.values().stream().map(this::calls).toList();
    for (int row = 0; row < columns.get(0).size(); row++) {
      List<String> cells = new ArrayList<>(List.of(columns.get(0).get(row).name()));
      int column = 0;
      for (Credentials person : people.values()) {
        cells.add(may(person, columns.get(column).get(row)) ? "yes" : "no");
        column++;
      }
      lines.add("| " + String.join(" | ", cells) + " |");
    }

    assertThat(String.join("\n", lines)).isEqualTo(PersonaTable.onThePage("On a cluster"));
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
            arn("ec2", "instance/i-0123456789abcdef0"),
            Map.of(
                CLUSTER_OF_INSTANCE,
                cluster,
                "ssm:SessionDocumentAccessCheck",
                String.valueOf(!named.isEmpty())));
    if (named.isEmpty()) {
      return List.of(instance);
    }
    // AWS's own have no account.
    String documents = named.startsWith("AWS-") ? "arn:aws:ssm:eu-west-1::" : arn("ssm", "");
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
            arn("ssm", "session/" + starter.replaceFirst(".*:", "") + "-0123456789abcdef0"),
            Map.of(STARTER_OF_SESSION, starter)));
  }

  private List<Action> cluster(String action, String id) {
    return List.of(
        asked("elasticmapreduce:" + action, arn("elasticmapreduce", "cluster/" + id), Map.of()));
  }

  private List<Action> tag(String key) {
    return List.of(
        new Action(
            "elasticmapreduce:AddTags",
            arn("elasticmapreduce", "cluster/" + clusterId),
            Map.of(key, "2026-12-01T00:00:00Z"),
            List.of(key),
            Map.of(),
            Map.of()));
  }

  private static Action asked(String name, String resource, Map<String, String> context) {
    return new Action(name, resource, Map.of(), List.of(), Map.of(), context);
  }

  private boolean may(Credentials person, Call call) {
    List<String> denials =
        call.asked().stream()
            .flatMap(action -> access.denial(person.identity(), action).stream())
            .toList();
    assertThat(denials).noneMatch(denial -> denial.contains("the sandbox does not know"));
    return denials.isEmpty();
  }

  private Credentials signIn(String role, String name) {
    try {
      String id = only("AWS::IAM::Role", role);
      List<RolePolicies.Resource> all = new ArrayList<>();
      for (String other : template.resources()) {
        if (template.type(other).startsWith("AWS::IAM::")) {
          all.add(resource(other));
        }
      }
      List<JsonNode> statements = RolePolicies.statements(resource(id), all, foreign -> {});
      return access.issue(
          template.arn(id), template.roleUniqueId(id), name, "", Map.of(), () -> statements);
    } catch (BadInput e) {
      throw new AssertionError(e);
    }
  }

  private RolePolicies.Resource resource(String id) throws BadInput {
    return new RolePolicies.Resource(
        template.type(id), template.physicalId(id), template.properties(id));
  }

  private String refTo(String type) {
    try {
      return template.physicalId(only(type, "Cluster"));
    } catch (BadInput e) {
      throw new AssertionError(e);
    }
  }

  private String only(String type, String prefix) {
    return template.resources().stream()
        .filter(id -> template.type(id).equals(type) && id.startsWith(prefix))
        .findFirst()
        .orElseThrow();
  }

  private static String arn(String service, String resource) {
    return "arn:aws:%s:%s:%s".formatted(service, PLACE, resource);
  }

  private static StackTemplate read() {
    try {
      return StackTemplate.read(TEMPLATE, Optional.empty(), Known.NOTHING);
    } catch (BadInput e) {
      throw new AssertionError(e);
    }
  }
}
