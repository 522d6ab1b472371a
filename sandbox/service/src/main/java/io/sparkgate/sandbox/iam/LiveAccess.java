package io.sparkgate.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Hands out access keys for roles, and judges each call by the statements that the role has at that
 * moment.
 *
 * <p>Keys are made up of who they are for, so a client's settings outlive the sandbox. Trust
 * policies are not played: the sandbox itself says who is who.
 */
public final class LiveAccess implements AccessControl {

  private record Key(Identity identity, String roleArn, Supplier<List<JsonNode>> statements) {}

  private final Map<String, Key> keys = new ConcurrentHashMap<>();

  /** Signs a person in as a role, without a source identity and tags. */
  public Credentials issue(
      String roleArn, String sessionName, Supplier<List<JsonNode>> statements) {
    return issue(roleArn, "AROA" + digits(17, roleArn), sessionName, "", Map.of(), statements);
  }

  /**
   * Signs a person in as a role.
   *
   * @param roleId the first half of {@code aws:userid}
   * @param sourceIdentity empty for none
   * @param statements asked at each call; references in them are resolved
   */
  public Credentials issue(
      String roleArn,
      String roleId,
      String sessionName,
      String sourceIdentity,
      Map<String, String> principalTags,
      Supplier<List<JsonNode>> statements) {
    String[] role = roleArn.split(":", 6);
    String name = roleArn.substring(roleArn.lastIndexOf('/') + 1);
    String arn =
        String.join(
            ":", "arn", role[1], "sts", "", role[4], "assumed-role/" + name + "/" + sessionName);
    String key = "AKIA" + digits(16, arn);
    Identity identity =
        new Identity(
            key, arn, roleId + ":" + sessionName, sourceIdentity, Map.copyOf(principalTags));
    keys.put(key, new Key(identity, roleArn, statements));
    return new Credentials(key, digits(40, key).toLowerCase(Locale.ROOT), identity);
  }

  /** Signs them out: the key stands for nobody any more. */
  public void revoke(Credentials credentials) {
    keys.remove(credentials.accessKeyId());
  }

  @Override
  public Optional<Identity> identify(String accessKeyId) {
    return Optional.ofNullable(keys.get(accessKeyId)).map(Key::identity);
  }

  @Override
  public Optional<String> denial(Identity caller, Action action) {
    Key key = keys.get(caller.accessKeyId());
    Caller known =
        key == null
            ? new Caller(caller, caller.arn(), List.of())
            : new Caller(key.identity(), key.roleArn(), key.statements().get());
    return Policy.denial(known, action);
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
