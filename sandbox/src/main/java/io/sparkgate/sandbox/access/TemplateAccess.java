package io.sparkgate.sandbox.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.Principal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hands out access keys for the roles of a template and judges calls by their policies.
 *
 * <p>Keys are made up of who they are for, so a client's settings outlive the sandbox. Trust
 * policies are not played: the sandbox itself says who is who.
 */
public final class TemplateAccess implements AccessControl {

  private final Blueprint blueprint;
  private final Map<String, Caller> callers = new ConcurrentHashMap<>();

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
    return issue(
        role.arn(), role.uniqueId(), sessionName, sourceIdentity, principalTags, role.statements());
  }

  /**
   * Signs a person in as a role that the template lacks, for example an operator.
   *
   * @param roleName for example {@code Operator}
   * @param statements of its policy, with references resolved
   */
  public Credentials issue(String roleName, String sessionName, List<JsonNode> statements) {
    String arn =
        String.join(":", "arn", partition(), "iam", "", blueprint.account(), "role/" + roleName);
    return issue(arn, "AROA" + digits(17, arn), sessionName, "", Map.of(), statements);
  }

  private Credentials issue(
      String roleArn,
      String roleId,
      String sessionName,
      String sourceIdentity,
      Map<String, String> principalTags,
      List<JsonNode> statements) {
    String roleName = roleArn.substring(roleArn.lastIndexOf('/') + 1);
    String arn =
        String.join(
            ":",
            "arn",
            partition(),
            "sts",
            "",
            blueprint.account(),
            "assumed-role/" + roleName + "/" + sessionName);
    String key = "AKIA" + digits(16, arn);
    Identity identity =
        new Identity(
            key, arn, roleId + ":" + sessionName, sourceIdentity, Map.copyOf(principalTags));
    callers.put(key, new Caller(identity, roleArn, List.copyOf(statements)));
    return new Credentials(key, digits(40, key).toLowerCase(Locale.ROOT), identity);
  }

  @Override
  public Optional<Identity> identify(String accessKeyId) {
    return Optional.ofNullable(callers.get(accessKeyId)).map(Caller::identity);
  }

  @Override
  public Optional<String> denial(Identity caller, Action action) {
    Caller known = callers.get(caller.accessKeyId());
    return Policy.denial(
        known == null ? new Caller(caller, caller.arn(), List.of()) : known, action);
  }

  private String partition() {
    return blueprint.application().arn().split(":", 3)[1];
  }

  private static String digits(int length, String seed) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
      String digits = new BigInteger(1, hash).toString(36).toUpperCase(Locale.ROOT);
      return digits.substring(0, length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
