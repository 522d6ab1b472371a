package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.access.SessionExecutionRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.iam.Group;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.s3.Bucket;

/** Two stacks with the same ids grant to one role or group, and neither takes it from the other. */
class ImportedGranteesTest {

  @Test
  void keepARolesPoliciesOfTwoStacksApart() {
    assertThat(policyNames(stack -> Role.fromRoleName(stack, "People", "DataScience")))
        .hasSizeGreaterThanOrEqualTo(4)
        .doesNotHaveDuplicates();
  }

  @Test
  void keepAGroupsPoliciesOfTwoStacksApart() {
    assertThat(policyNames(stack -> Group.fromGroupName(stack, "People", "DataScience")))
        .doesNotHaveDuplicates();
  }

  /** Of the people and of the sessions' role, which writes logs. */
  private static List<String> policyNames(Function<Stack, IGrantable> people) {
    App app = new App();
    List<Stack> stacks = List.of(new Stack(app, "Blue"), new Stack(app, "Green"));
    for (Stack stack : stacks) {
      EmrServerlessApplication application =
          EmrServerlessApplication.Builder.create(stack, "App")
              .logs(
                  Logs.managed()
                      .encryptionKey(Key.Builder.create(stack, "Key").build())
                      .and(LogDestination.s3(Bucket.Builder.create(stack, "Logs").build())))
              .build();
      application.grantRun(Role.fromRoleName(stack, "Sessions", "Sessions"));
      application.grantDevelop(
          people.apply(stack),
          SessionExecutionRole.Builder.create(stack, "Execution").build().getRole());
    }
    List<String> names = new ArrayList<>();
    for (Stack stack : stacks) {
      Template.fromStack(stack)
          .findResources("AWS::IAM::Policy")
          .values()
          .forEach(
              policy -> {
                Map<?, ?> properties = (Map<?, ?>) policy.get("Properties");
                if (!String.valueOf(properties.get("PolicyName")).startsWith("Execution")) {
                  names.add(String.valueOf(properties.get("PolicyName")));
                }
              });
    }
    return names;
  }
}
