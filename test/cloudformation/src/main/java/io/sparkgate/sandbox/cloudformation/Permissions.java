package io.sparkgate.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.template.RolePolicies;
import java.util.List;
import java.util.Map;

/** What the roles of a stack may at a moment: by the policies that are made and not deleted yet. */
final class Permissions {

  private final Stack stack;
  private final LiveAccess access;

  Permissions(Stack stack, LiveAccess access) {
    this.stack = stack;
    this.access = access;
  }

  /** Keys of a role, which are asked for their policies at each call. */
  Credentials signIn(Resource role, String sessionName) throws Failed {
    return access.issue(
        role.arn(),
        role.origin().roleUniqueId(role.logicalId()),
        sessionName,
        "",
        Map.of(),
        () -> statements(role.logicalId()));
  }

  /** Keys of whoever deploys, who may do everything. */
  Credentials deployer(String account) {
    JsonNode all =
        JsonNodeFactory.instance
            .objectNode()
            .put("Effect", "Allow")
            .put("Action", "*")
            .put("Resource", "*");
    return access.issue(
        "arn:aws:iam::" + account + ":role/Deployer", "AWSCloudFormation", () -> List.of(all));
  }

  /** None for a role that is deleted. */
  private List<JsonNode> statements(String roleLogicalId) {
    List<RolePolicies.Resource> all =
        stack.all().stream()
            .filter(one -> !one.physicalId().isEmpty())
            .map(Permissions::resource)
            .toList();
    return stack
        .find(roleLogicalId)
        .map(role -> RolePolicies.statements(resource(role), all, foreign -> {}))
        .orElse(List.of());
  }

  private static RolePolicies.Resource resource(Resource one) {
    return new RolePolicies.Resource(one.type(), one.physicalId(), one.properties());
  }
}
