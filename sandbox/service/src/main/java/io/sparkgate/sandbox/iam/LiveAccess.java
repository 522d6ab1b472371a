package io.sparkgate.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Hands out access keys, and judges each call by the statements that their holder has at that
 * moment.
 *
 * <p>Keys that it issues itself are made up of who they are for, so a client's settings outlive the
 * sandbox; nobody's trust is asked for them. Those of {@link #assume} are new each time, and end.
 */
public final class LiveAccess implements AccessControl {

  /** For how long an expired key is told from one that never was. */
  private static final Duration MEMORY = Duration.ofDays(1);

  private record Key(
      Identity identity,
      String principalArn,
      Supplier<List<JsonNode>> statements,
      Instant expiresAt) {

    Caller caller() {
      return new Caller(identity, principalArn, statements.get());
    }
  }

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Key> keys = new ConcurrentHashMap<>();
  private final Map<String, String> secrets = new ConcurrentHashMap<>();

  /** By the real clock. */
  public LiveAccess() {
    this(InstantSource.system());
  }

  /** By the clock of its clients, by which keys expire. */
  public LiveAccess(InstantSource clock) {
    this.clock = clock;
  }

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
    return remember(
        Role.sessionArn(roleArn, sessionName),
        roleArn,
        roleId + ":" + sessionName,
        sourceIdentity,
        principalTags,
        statements);
  }

  /**
   * Signs a person in as an IAM user, who is in no role yet.
   *
   * @param userArn for example {@code arn:aws:iam::111122223333:user/alice}
   */
  public Credentials issueUser(String userArn, List<JsonNode> statements) {
    List<JsonNode> fixed = List.copyOf(statements);
    return remember(userArn, userArn, "AIDA" + digits(17, userArn), "", Map.of(), () -> fixed);
  }

  private Credentials remember(
      String arn,
      String principalArn,
      String userId,
      String sourceIdentity,
      Map<String, String> principalTags,
      Supplier<List<JsonNode>> statements) {
    String key = "AKIA" + digits(16, arn);
    Identity identity = new Identity(key, arn, userId, sourceIdentity, Map.copyOf(principalTags));
    keys.put(key, new Key(identity, principalArn, statements, Instant.MAX));
    return new Credentials(key, digits(40, key).toLowerCase(Locale.ROOT), identity);
  }

  /** Why the caller may not become the role, in AWS's words; empty when it may. */
  public Optional<String> denial(Identity caller, Role role, RoleSession session) {
    return Trust.denial(known(caller), role, session);
  }

  /**
   * Makes the caller a session of a role, without asking whether it may.
   *
   * @param expiresAt by the clients' clock
   */
  public TemporaryCredentials assume(
      Identity caller, Role role, RoleSession session, Instant expiresAt) {
    Instant now = clock.instant();
    keys.values().removeIf(key -> key.expiresAt().isBefore(now.minus(MEMORY)));
    secrets.keySet().retainAll(keys.keySet());
    String key = "ASIA" + digits(16, secret(32));
    String sourceIdentity =
        session.sourceIdentity().isEmpty() ? caller.sourceIdentity() : session.sourceIdentity();
    Identity identity =
        new Identity(
            key,
            Role.sessionArn(role.arn(), session.name()),
            role.uniqueId() + ":" + session.name(),
            sourceIdentity,
            Map.copyOf(session.tags()));
    keys.put(key, new Key(identity, role.arn(), role.statements(), expiresAt));
    TemporaryCredentials given =
        new TemporaryCredentials(key, secret(30), secret(180), identity, expiresAt);
    secrets.put(key, given.secretAccessKey());
    return given;
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
  public Optional<String> secret(String accessKeyId) {
    return identify(accessKeyId)
        .filter(caller -> !hasExpired(caller))
        .map(caller -> secrets.get(caller.accessKeyId()));
  }

  @Override
  public boolean hasExpired(Identity caller) {
    Key key = keys.get(caller.accessKeyId());
    return key != null && !clock.instant().isBefore(key.expiresAt());
  }

  @Override
  public Optional<String> denial(Identity caller, Action action) {
    return Policy.denial(known(caller), action);
  }

  private Caller known(Identity caller) {
    Key key = keys.get(caller.accessKeyId());
    return key == null ? new Caller(caller, caller.arn(), List.of()) : key.caller();
  }

  private String secret(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return Base64.getEncoder().encodeToString(drawn);
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
