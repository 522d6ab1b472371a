package io.sparkgate.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.Grant;
import software.amazon.awscdk.services.iam.GrantOnPrincipalOptions;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.iam.PolicyStatement;

/** An IAM statement that reads as a sentence: allow these actions, when this holds, on that. */
public final class Statement {

  /** The CDK spreads what is too much for one policy over several, but only whole statements. */
  private static final int RESOURCES = 25;

  private final Effect effect;
  private final List<String> actions;
  private final Map<String, Map<String, Object>> conditions = new TreeMap<>();
  private List<String> resources = List.of();

  private Statement(Effect effect, List<String> actions) {
    this.effect = effect;
    this.actions = List.copyOf(actions);
  }

  static Statement allow(List<String> actions) {
    return new Statement(Effect.ALLOW, actions);
  }

  static Statement deny(List<String> actions) {
    return new Statement(Effect.DENY, actions);
  }

  /** A caller hands the service one role. */
  static Statement passRole(String executionRole) {
    return allow(List.of("iam:PassRole"))
        .when("StringEquals", "iam:PassedToService", "emr-serverless.amazonaws.com")
        .on(executionRole);
  }

  static List<Statement> onEach(List<String> resources, Supplier<Statement> statement) {
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < resources.size(); i += RESOURCES) {
      int end = Math.min(i + RESOURCES, resources.size());
      statements.add(statement.get().on(resources.subList(i, end)));
    }
    return statements;
  }

  Statement when(String operator, String key, Object value) {
    conditions.computeIfAbsent(operator, o -> new TreeMap<>()).put(key, value);
    return this;
  }

  Statement on(String resource) {
    return on(List.of(resource));
  }

  Statement on(List<String> resources) {
    this.resources = List.copyOf(resources);
    return this;
  }

  boolean allows() {
    return effect == Effect.ALLOW;
  }

  /** Whether it lets somebody start a job run. */
  public boolean startsJobRuns() {
    return allows() && actions.contains("emr-serverless:StartJobRun");
  }

  /** All but the resource: statements that share it can be one. */
  String likeness() {
    return effect + " " + actions + " " + conditions;
  }

  List<String> resources() {
    return resources;
  }

  Grant grantTo(IGrantable grantee) {
    return Grant.addToPrincipal(
        GrantOnPrincipalOptions.builder()
            .grantee(grantee)
            .actions(actions)
            .resourceArns(resources)
            .conditions(conditions)
            .build());
  }

  /** In the policy of a resource, which says whom it lets in. */
  public PolicyStatement admitting(IGrantable grantee) {
    PolicyStatement admitting = toPolicyStatement();
    admitting.addPrincipals(grantee.getGrantPrincipal());
    return admitting;
  }

  /** In the words of the CDK. */
  public PolicyStatement toPolicyStatement() {
    return PolicyStatement.Builder.create()
        .effect(effect)
        .actions(actions)
        .resources(resources)
        .conditions(conditions)
        .build();
  }
}
