package io.sparkgate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.Persona.OwnerTag;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.Role;
import io.sparkgate.sandbox.iam.RoleSession;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Contract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * IAM users of the account: people who are in no role yet, and assume the developers' as on AWS.
 */
final class Users {

  static final List<String> NAMES = List.of("alice", "bob");

  private final Blueprint blueprint;
  private final TemplateAccess access;

  Users(Blueprint blueprint, TemplateAccess access) {
    this.blueprint = blueprint;
    this.access = access;
  }

  /**
   * Those who may assume the role under their own names.
   *
   * @param bySourceIdentity whether the role wants the name as the source identity, too
   */
  List<Persona> whoMayAssume(String roleArn, boolean bySourceIdentity) {
    return whoMayAssume(roleArn, bySourceIdentity, "");
  }

  /**
   * The same, who submit job runs in another role, if that lets them in.
   *
   * @param submitters the ARN of that role; empty for none
   */
  List<Persona> whoMayAssume(String roleArn, boolean bySourceIdentity, String submitters) {
    Role role = access.role(roleArn).orElseThrow();
    List<JsonNode> policy = policy(roleArn);
    if (!submitters.isEmpty()) {
      policy.add(allow(submitters, "sts:AssumeRole"));
    }
    List<Persona> users = new ArrayList<>();
    for (String name : NAMES) {
      Credentials credentials = access.issueUser(name, policy);
      RoleSession asked = new RoleSession(name, bySourceIdentity ? name : "", Map.of(), "");
      if (access.keys().denial(credentials.identity(), role, asked).isEmpty()) {
        var profile = new RoleSession(name, "", Map.of(), ""); // As boto3 assumes a profile's.
        String submits =
            access
                .role(submitters)
                .filter(of -> access.keys().denial(credentials.identity(), of, profile).isEmpty())
                .map(of -> submitters)
                .orElse("");
        users.add(new Persona(name, credentials, new OwnerTag("", ""), roleArn, submits));
      }
    }
    return users;
  }

  /** What an administrator would give them: the way into the role, and the contract to find it. */
  private List<JsonNode> policy(String roleArn) {
    List<JsonNode> statements = new ArrayList<>();
    statements.add(allow(roleArn, "sts:AssumeRole", "sts:SetSourceIdentity"));
    statements.addAll(contracts());
    return statements;
  }

  private List<JsonNode> contracts() {
    return Stream.of(Contract.of(blueprint), Contract.ofCluster(blueprint))
        .flatMap(Optional::stream)
        .<JsonNode>map(
            contract -> allow(blueprint.parameterArn(contract.path() + "/*"), "ssm:GetParameters"))
        .toList();
  }

  /**
   * Those who assume no role.
   *
   * @param more what an administrator would give them beside the way to the contract
   */
  List<Persona> inNoRole(List<JsonNode> more) {
    List<JsonNode> policy = Stream.concat(contracts().stream(), more.stream()).toList();
    return NAMES.stream()
        .map(name -> new Persona(name, access.issueUser(name, policy), new OwnerTag("", ""), ""))
        .toList();
  }

  static ObjectNode allow(String resource, String... actions) {
    ObjectNode statement = JsonNodeFactory.instance.objectNode();
    statement.put("Effect", "Allow");
    for (String action : actions) {
      statement.withArray("Action").add(action);
    }
    return statement.put("Resource", resource);
  }
}
