package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The statements of all policies that are attached to a role, wherever they are written. */
public final class RolePolicies {

  private static final String MANAGED = "AWS::IAM::ManagedPolicy";

  private RolePolicies() {}

  /**
   * A role or a policy.
   *
   * @param id what Ref gives: a role's name, a managed policy's ARN
   * @param properties with references resolved
   */
  public record Resource(String type, String id, JsonNode properties) {}

  /**
   * Gathers them.
   *
   * @param others all resources that may be policies
   * @param foreign hears the ARNs of managed policies that are not among the others
   */
  public static List<JsonNode> statements(
      Resource role, Collection<Resource> others, Consumer<String> foreign) {
    List<JsonNode> statements = new ArrayList<>();
    for (JsonNode inline : role.properties().path("Policies")) {
      add(statements, inline);
    }
    for (Resource policy : others) {
      boolean attached =
          switch (policy.type()) {
            case "AWS::IAM::Policy", MANAGED ->
                contains(policy.properties().path("Roles"), role.id());
            case "AWS::IAM::RolePolicy" ->
                policy.properties().path("RoleName").asText().equals(role.id());
            default -> false;
          };
      if (attached) {
        add(statements, policy.properties());
      }
    }
    for (JsonNode arn : role.properties().path("ManagedPolicyArns")) {
      others.stream()
          .filter(policy -> policy.type().equals(MANAGED) && policy.id().equals(arn.asText()))
          .findFirst()
          .ifPresentOrElse(
              policy -> add(statements, policy.properties()), () -> foreign.accept(arn.asText()));
    }
    return List.copyOf(statements);
  }

  private static void add(List<JsonNode> statements, JsonNode policy) {
    JsonNode statement = policy.path("PolicyDocument").path("Statement");
    if (statement.isObject()) {
      statements.add(statement);
    } else {
      statement.forEach(statements::add);
    }
  }

  private static boolean contains(JsonNode list, String text) {
    for (JsonNode element : list) {
      if (element.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }
}
