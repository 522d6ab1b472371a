package io.sparkgate.sandbox.template;

import io.sparkgate.sandbox.template.Blueprint.Principal;
import io.sparkgate.sandbox.template.RolePolicies.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The roles of a template with the statements of all policies that are attached to them. */
final class Roles {

  private static final List<String> POLICIES =
      List.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy");

  /** For how long one may assume a role that does not say, in seconds. */
  private static final long BY_DEFAULT = 3_600;

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
    List<Resource> policies = new ArrayList<>();
    for (String type : POLICIES) {
      for (String id : template.ofType(type)) {
        policies.add(resource(id));
      }
    }
    for (String id : template.ofType("AWS::IAM::Role")) {
      roles.put(
          id,
          new Principal(
              id,
              resolver.references().arn(id),
              resolver.references().uniqueId(id),
              resolver.property(id, "AssumeRolePolicyDocument"),
              Duration.ofSeconds(resolver.property(id, "MaxSessionDuration").asLong(BY_DEFAULT)),
              RolePolicies.statements(
                  resource(id),
                  policies,
                  arn ->
                      remarks.accept(
                          "role %s has the policy %s, which is not in the template; the sandbox takes it for empty"
                              .formatted(id, arn)))));
    }
    return roles;
  }

  private Resource resource(String id) throws BadInput {
    return new Resource(
        template.type(id),
        resolver.references().ref(id).asText(),
        resolver.resolve(template.properties(id)));
  }
}
