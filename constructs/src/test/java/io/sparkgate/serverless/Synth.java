package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Template;

/** What a stack becomes. */
final class Synth {

  private Synth() {}

  static List<String> warnings(Stack stack) {
    return messages(stack, "aws:cdk:warning");
  }

  static List<String> errors(Stack stack) {
    return messages(stack, "aws:cdk:error");
  }

  /** The properties of the only application. */
  static Map<?, ?> application(Stack stack) {
    var found = Template.fromStack(stack).findResources("AWS::EMRServerless::Application");
    assertThat(found).hasSize(1);
    return (Map<?, ?>) found.values().iterator().next().get("Properties");
  }

  static void hasApplication(Stack stack, Map<String, Object> properties) {
    Template.fromStack(stack).hasResourceProperties("AWS::EMRServerless::Application", properties);
  }

  private static List<String> messages(Stack stack, String type) {
    Template.fromStack(stack);
    return stack.getNode().findAll().stream()
        .flatMap(construct -> construct.getNode().getMetadata().stream())
        .filter(entry -> entry.getType().equals(type))
        .map(entry -> String.valueOf(entry.getData()))
        .toList();
  }
}
