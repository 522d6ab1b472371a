package io.sparkgate.sandbox.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The roles of a template with the statements of all policies that are attached to them. */
final class Roles {

  private final Template template;
  private final Resolver resolver;
  private final Consumer<String> remarks;

  Roles(Template template, Resolver resolver, Consumer<String> remarks) {
    this.template = template;
    this.resolver = resolver;
    this.remarks = remarks;
  }

  Map<String, Principal> read() throws BadInput {
    Map<String, Principal> roles = new LinkedHashMap<>();
    for (String id : template.ofType("AWS::IAM::Role")) {
      roles.put(
          id,
          new Principal(
              id,
              resolver.references().arn(id),
              resolver.references().uniqueId(id),
              resolver.property(id, "AssumeRolePolicyDocument"),
              statements(id)));
    }
    return roles;
  }

  private List<JsonNode> statements(String role) throws BadInput {
    List<JsonNode> statements = new ArrayList<>();
    for (JsonNode inline : resolver.property(role, "Policies")) {
      addStatements(statements, inline.path("PolicyDocument"));
    }
    String name = resolver.references().ref(role).asText();
    for (String type : List.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")) {
      for (String policy : template.ofType(type)) {
        if (contains(resolver.property(policy, "Roles"), name)) {
          addStatements(statements, resolver.property(policy, "PolicyDocument"));
        }
      }
    }
    for (String policy : template.ofType("AWS::IAM::RolePolicy")) {
      if (resolver.property(policy, "RoleName").asText().equals(name)) {
        addStatements(statements, resolver.property(policy, "PolicyDocument"));
      }
    }
    for (JsonNode arn : resolver.property(role, "ManagedPolicyArns")) {
      addManaged(statements, role, arn.asText());
    }
    return List.copyOf(statements);
  }

  private void addManaged(List<JsonNode> statements, String role, String arn) throws BadInput {
    for (String policy : template.ofType("AWS::IAM::ManagedPolicy")) {
      if (resolver.references().arn(policy).equals(arn)) {
        addStatements(statements, resolver.property(policy, "PolicyDocument"));
        return;
      }
    }
    remarks.accept(
        "role %s has the policy %s, which is not in the template; the sandbox takes it for empty"
            .formatted(role, arn));
  }

  private static void addStatements(List<JsonNode> statements, JsonNode document) {
    JsonNode statement = document.path("Statement");
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
