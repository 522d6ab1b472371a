package io.sparkgate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.iam.Role;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands out access keys for the roles of a template and judges calls by its policies. */
public final class TemplateAccess implements AccessControl {

  private final Blueprint blueprint;
  private final LiveAccess keys = new LiveAccess();

  public TemplateAccess(Blueprint blueprint) {
    this.blueprint = blueprint;
  }

  /** Those who have a key, among them who assumed a role. */
  LiveAccess keys() {
    return keys;
  }

  /** A role of the template that callers may become; empty for any other ARN. */
  Optional<Role> role(String arn) {
    return blueprint.principals().values().stream()
        .filter(principal -> principal.arn().equals(arn))
        .map(
            principal ->
                new Role(
                    principal.arn(),
                    principal.uniqueId(),
                    principal.trust(),
                    principal.maxSessionDuration(),
                    principal::statements))
        .findFirst();
  }

  /**
   * Signs a person in as an IAM user of the account, which no template knows.
   *
   * @param statements of the user's policy, with references resolved
   */
  Credentials issueUser(String name, List<JsonNode> statements) {
    return keys.issueUser(iamArn("user/" + name), statements);
  }

  /** Signs a person in as a role of the template, without a source identity and tags. */
  public Credentials issue(String roleLogicalId, String sessionName) {
    return issue(roleLogicalId, sessionName, "", Map.of());
  }

  /**
   * Signs a person in as a role of the template.
   *
   * @param sourceIdentity empty for none
   * @throws IllegalArgumentException if the template has no such role
   */
  public Credentials issue(
      String roleLogicalId,
      String sessionName,
      String sourceIdentity,
      Map<String, String> principalTags) {
    Principal role = blueprint.principals().get(roleLogicalId);
    if (role == null) {
      throw new IllegalArgumentException(
          "the template has no role %s; it has %s"
              .formatted(roleLogicalId, blueprint.principals().keySet()));
    }
    return keys.issue(
        role.arn(), role.uniqueId(), sessionName, sourceIdentity, principalTags, role::statements);
  }

  /**
   * Signs a person in as a role that the template lacks, for example an operator.
   *
   * @param roleName for example {@code Operator}
   * @param statements of its policy, with references resolved
   */
  public Credentials issue(String roleName, String sessionName, List<JsonNode> statements) {
    List<JsonNode> fixed = List.copyOf(statements);
    return keys.issue(iamArn("role/" + roleName), sessionName, () -> fixed);
  }

  private String iamArn(String resource) {
    return String.join(":", "arn", blueprint.partition(), "iam", "", blueprint.account(), resource);
  }

  /**
   * Signs a session in as its execution role. One that is not in the template may nothing.
   *
   * @param sessionId becomes the name of the role session, which is assumed
   */
  public Credentials issueExecution(String roleArn, String sessionId) {
    List<JsonNode> statements =
        blueprint.principals().values().stream()
            .filter(role -> role.arn().equals(roleArn))
            .findFirst()
            .map(Principal::statements)
            .orElse(List.of());
    return keys.issue(roleArn, sessionId, () -> statements);
  }

  /** Signs somebody out. */
  public void revoke(Credentials credentials) {
    keys.revoke(credentials);
  }

  @Override
  public Optional<Identity> identify(String accessKeyId) {
    return keys.identify(accessKeyId);
  }

  @Override
  public Optional<String> secret(String accessKeyId) {
    return keys.secret(accessKeyId);
  }

  @Override
  public boolean hasExpired(Identity caller) {
    return keys.hasExpired(caller);
  }

  @Override
  public Optional<String> denial(Identity caller, Action action) {
    return keys.denial(caller, action);
  }
}
