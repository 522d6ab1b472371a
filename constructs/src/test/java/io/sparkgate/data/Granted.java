package io.sparkgate.data;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;

/** What a role gets, without a synthesis. */
final class Granted {

  private Granted() {}

  static Role role(Stack stack) {
    return Role.Builder.create(stack, "Execution")
        .assumedBy(new ServicePrincipal("emr-serverless.amazonaws.com"))
        .build();
  }

  static List<Object> statements(Stack stack, SourceAccess access) {
    return access.grantTo(role(stack)).getPrincipalStatements().stream()
        .map(statement -> stack.resolve(statement.toStatementJson()))
        .toList();
  }

  static Map<String, Object> allow(Object action, Object resource) {
    return Map.of("Action", action, "Effect", "Allow", "Resource", resource);
  }

  static Map<String, Object> allow(Object action, Object resource, Map<String, Object> condition) {
    return Map.of(
        "Action", action, "Condition", condition, "Effect", "Allow", "Resource", resource);
  }
}
