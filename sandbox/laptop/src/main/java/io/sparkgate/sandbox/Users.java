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

/**
 * IAM users of the account: people who are in no role yet, and assume the developers' as on AWS.
 */
final class Users {

  private static final List<String> NAMES = List.of("alice", "bob");

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
    Role role = access.role(roleArn).orElseThrow();
    List<JsonNode> policy = policy(roleArn);
    List<Persona> users = new ArrayList<>();
    for (String name : NAMES) {
      Credentials credentials = access.issueUser(name, policy);
      RoleSession asked = new RoleSession(name, bySourceIdentity ? name : "", Map.of(), "");
      if (access.keys().denial(credentials.identity(), role, asked).isEmpty()) {
        users.add(new Persona(name, credentials, new OwnerTag("", ""), roleArn));
      }
    }
    return users;
  }

  /** What an administrator would give them: the way into the role, and the contract to find it. */
  private List<JsonNode> policy(String roleArn) {
    List<JsonNode> statements = new ArrayList<>();
    statements.add(allow(roleArn, "sts:AssumeRole", "sts:SetSourceIdentity"));
    Optional<Contract> contract = Contract.of(blueprint);
    if (contract.isPresent()) {
      statements.add(
          allow(blueprint.parameterArn(contract.get().path() + "/*"), "ssm:GetParameters"));
    }
    return statements;
  }

  private static ObjectNode allow(String resource, String... actions) {
    ObjectNode statement = JsonNodeFactory.instance.objectNode();
    statement.put("Effect", "Allow");
    for (String action : actions) {
      statement.withArray("Action").add(action);
    }
    return statement.put("Resource", resource);
  }
}
