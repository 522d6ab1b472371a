package io.sparkgate.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hands out access keys for the roles of a template and judges calls by their policies. */
public final class TemplateAccess implements AccessControl {

  private final Blueprint blueprint;
  private final LiveAccess keys = new LiveAccess();

  public TemplateAccess(Blueprint blueprint) {
    this.blueprint = blueprint;
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
    String partition = blueprint.application().arn().split(":", 3)[1];
    String arn =
        String.join(":", "arn", partition, "iam", "", blueprint.account(), "role/" + roleName);
    List<JsonNode> fixed = List.copyOf(statements);
    return keys.issue(arn, sessionName, () -> fixed);
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
  public Optional<String> denial(Identity caller, Action action) {
    return keys.denial(caller, action);
  }
}
