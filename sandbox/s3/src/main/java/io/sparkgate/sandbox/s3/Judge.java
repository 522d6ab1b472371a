package io.sparkgate.sandbox.s3;

import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.Identity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Judges by the policies behind the keys that are valid at that moment. */
final class Judge implements Guard {
  private final AccessControl access;
  private final String account;
  private final Consumer<String> denials;
  private final TableBuckets tableBuckets;
  private final Map<String, Credentials> keys = new ConcurrentHashMap<>();
  private final AtomicReference<String> told = new AtomicReference<>("");

  /**
   * Knows no keys yet.
   *
   * @param account that the buckets are taken to be of
   * @param denials hears each, and of each bucket that is not there, but not the same again:
   *     clients ask twice and more
   */
  Judge(AccessControl access, String account, Consumer<String> denials) {
    this(access, account, new TableBuckets(Map.of()), denials);
  }

  /** The same, where some buckets stand for table buckets. */
  Judge(AccessControl access, String account, TableBuckets tableBuckets, Consumer<String> denials) {
    this.tableBuckets = tableBuckets;
    this.access = access;
    this.account = account;
    this.denials = denials;
  }

  void admit(Credentials credentials) {
    keys.put(credentials.accessKeyId(), credentials);
  }

  void revoke(Credentials credentials) {
    keys.remove(credentials.accessKeyId());
  }

  @Override
  public Optional<String> secretAccessKey(String accessKeyId) {
    return Optional.ofNullable(keys.get(accessKeyId))
        .map(Credentials::secretAccessKey)
        .or(() -> access.secret(accessKeyId));
  }

  /** Of a key that was admitted, or of who assumed a role. */
  private Optional<Identity> caller(String accessKeyId) {
    return Optional.ofNullable(keys.get(accessKeyId))
        .map(Credentials::identity)
        .or(() -> access.secret(accessKeyId).flatMap(secret -> access.identify(accessKeyId)));
  }

  @Override
  public Optional<String> denial(String accessKeyId, Question question) {
    Optional<Identity> caller = caller(accessKeyId);
    if (caller.isEmpty()) {
      return Optional.of("Access Denied"); // All that S3 says to who did not sign.
    }
    Action action = action(caller.get(), question);
    Optional<String> denial =
        access.denial(caller.get(), action).map(words -> quoted(words, action.resource()));
    denial.ifPresent(this::tell);
    return denial;
  }

  @Override
  public void missing(String accessKeyId, String bucket) {
    if (caller(accessKeyId).isPresent()) {
      tell(
          "NoSuchBucket: there is no bucket %s; a grant on it to the execution role makes it here, as the folder s3/%s does"
              .formatted(bucket, bucket));
    }
  }

  private void tell(String words) {
    if (!words.equals(told.getAndSet(words))) {
      denials.accept(words);
    }
  }

  private Action action(Identity caller, Question asked) {
    String partition = caller.arn().split(":", 3)[1];
    Question question =
        tableBuckets
            .instead(asked)
            .orElseGet(
                () ->
                    new Question(
                        asked.action(),
                        "arn:" + partition + ":s3:::" + asked.resource(),
                        asked.context()));
    var context = new HashMap<>(question.context());
    // S3's ARNs do not say it.
    context.put("aws:ResourceAccount", account);
    context.put("s3:ResourceAccount", account);
    return new Action(
        question.action(), question.resource(), Map.of(), List.of(), Map.of(), context);
  }

  /** S3 puts the resource in quotes; other services do not. */
  private static String quoted(String words, String resource) {
    return words.replace("on resource: " + resource, "on resource: \"" + resource + "\"");
  }
}
