package io.sparkgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;

/** What a stack becomes. */
public final class Synth {

  private Synth() {}

  public static List<String> warnings(Stack stack) {
    return messages(stack, "aws:cdk:warning");
  }

  public static List<String> errors(Stack stack) {
    return messages(stack, "aws:cdk:error");
  }

  /** The properties of the only application. */
  public static Map<?, ?> application(Stack stack) {
    var found = Template.fromStack(stack).findResources("AWS::EMRServerless::Application");
    assertThat(found).hasSize(1);
    return (Map<?, ?>) found.values().iterator().next().get("Properties");
  }

  public static void hasApplication(Stack stack, Map<String, Object> properties) {
    Template.fromStack(stack).hasResourceProperties("AWS::EMRServerless::Application", properties);
  }

  /** A policy that says just this, in this order. */
  public static void hasPolicy(Stack stack, Object... statements) {
    hasStatements(stack, List.of(statements));
  }

  /** A policy that says this, among other things. */
  public static void hasStatement(Stack stack, Map<String, Object> statement) {
    hasStatements(stack, Match.arrayWith(List.of(Match.objectLike(statement))));
  }

  private static void hasStatements(Stack stack, Object statements) {
    Template.fromStack(stack)
        .hasResourceProperties(
            "AWS::IAM::Policy",
            Map.of("PolicyDocument", Match.objectLike(Map.of("Statement", statements))));
  }

  /** An alarm at one error of a function in a period, which tells somebody. */
  public static void hasErrorsAlarm(
      Stack stack, Duration period, String missingData, String toldTo) {
    Map<String, Object> alarm = new LinkedHashMap<>();
    alarm.put("MetricName", "Errors");
    alarm.put("Period", period.toSeconds());
    alarm.put("Statistic", "Sum");
    alarm.put("EvaluationPeriods", 1);
    alarm.put("Threshold", 1);
    alarm.put("ComparisonOperator", "GreaterThanOrEqualToThreshold");
    alarm.put("TreatMissingData", missingData);
    alarm.put("AlarmActions", List.of(stack.resolve(toldTo)));
    Template.fromStack(stack).hasResourceProperties("AWS::CloudWatch::Alarm", alarm);
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
