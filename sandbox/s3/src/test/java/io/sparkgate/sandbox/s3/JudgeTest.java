package io.sparkgate.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.iam.Role;
import io.sparkgate.sandbox.iam.RoleSession;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a role may of S3, by statements as the CDK writes them. */
class JudgeTest {

  /** Of {@code bucket.grantRead(role, "data/*")}. */
  private static final String READ_DATA =
      """
      {"Effect": "Allow", "Action": ["s3:GetObject*", "s3:GetBucket*", "s3:List*"],
       "Resource": ["arn:aws:s3:::lake", "arn:aws:s3:::lake/data/*"]}""";

  private final List<String> told = new ArrayList<>();
  private final LiveAccess access = new LiveAccess();
  private final Judge judge = new Judge(access, "111122223333", told::add);

  @Test
  void admitsWhatTheCdksGrantsAllow() {
    String key = signIn(READ_DATA);

    assertThat(denial(key, "s3:GetObject", "lake/data/2026/x.parquet")).isEmpty();
    assertThat(denial(key, "s3:ListBucket", "lake")).isEmpty();
    assertThat(denial(key, "s3:GetBucketLocation", "lake")).isEmpty();
    assertThat(told).isEmpty();
  }

  @Test
  void deniesTheRestInS3sWords() {
    String key = signIn(READ_DATA);

    assertThat(denial(key, "s3:PutObject", "lake/data/x"))
        .contains(
            "User: arn:aws:sts::111122223333:assumed-role/Execution/s1 is not authorized to perform:"
                + " s3:PutObject on resource: \"arn:aws:s3:::lake/data/x\" because no identity-based"
                + " policy allows the s3:PutObject action");
    assertThat(denial(key, "s3:GetObject", "lake/other/x")).isPresent();
    assertThat(denial(key, "s3:GetObject", "lake2/data/x")).isPresent();
    assertThat(denial(key, "s3:ListAllMyBuckets", "*")).isPresent();
  }

  @Test
  void namesABucketThatIsNotThereOnceToWhoRunsTheSandbox() {
    String key = signIn(READ_DATA);
    judge.missing(key, "lake");
    judge.missing(key, "lake");
    judge.missing("AKIAOTHER", "other");

    assertThat(told)
        .containsExactly(
            "NoSuchBucket: there is no bucket lake; a grant on it to the execution role makes it"
                + " here, as the folder s3/lake does");
  }

  @Test
  void knowsWhoAssumedARoleUntilThatEnds() throws IOException {
    List<JsonNode> statements = List.of(new ObjectMapper().readTree(READ_DATA));
    Credentials alice = access.issueUser("arn:aws:iam::111122223333:user/alice", List.of());
    Role reader =
        new Role(
            "arn:aws:iam::111122223333:role/Reader",
            "AROAREADER",
            NullNode.getInstance(),
            Duration.ofHours(1),
            () -> statements);
    RoleSession named = new RoleSession("alice", "", Map.of(), "");
    var now =
        access.assume(alice.identity(), reader, named, Instant.now().plus(Duration.ofHours(1)));
    var over = access.assume(alice.identity(), reader, named, Instant.EPOCH);

    assertThat(judge.secretAccessKey(now.accessKeyId())).contains(now.secretAccessKey());
    assertThat(denial(now.accessKeyId(), "s3:GetObject", "lake/data/x")).isEmpty();
    assertThat(denial(now.accessKeyId(), "s3:PutObject", "lake/data/x")).isPresent();
    assertThat(judge.secretAccessKey(over.accessKeyId())).isEmpty();
    assertThat(judge.secretAccessKey(alice.accessKeyId())).as("was not admitted").isEmpty();
  }

  @Test
  void deniesExplicitlyBeforeItAllows() {
    String key =
        signIn(
            READ_DATA,
            "{'Effect': 'Deny', 'Action': 's3:*', 'Resource': 'arn:aws:s3:::lake/data/secret/*'}"
                .replace('\'', '"'));

    assertThat(denial(key, "s3:GetObject", "lake/data/secret/x").orElse(""))
        .endsWith(
            "on resource: \"arn:aws:s3:::lake/data/secret/x\""
                + " with an explicit deny in an identity-based policy");
    assertThat(denial(key, "s3:GetObject", "lake/data/x")).isEmpty();
  }

  @Test
  void knowsThePrefixOfAListAndThatItMayLack() {
    String key =
        signIn(
            "{'Effect': 'Allow', 'Action': 's3:ListBucket', 'Resource': 'arn:aws:s3:::lake', 'Condition': {'StringLike': {'s3:prefix': 'data/*'}}}"
                .replace('\'', '"'));

    assertThat(list(key, Map.of("s3:prefix", "data/2026/"))).isEmpty();
    assertThat(list(key, Map.of("s3:prefix", "other/"))).isPresent();
    assertThat(list(key, Map.of())).isPresent();
    assertThat(told).noneMatch(words -> words.contains("does not know"));
  }

  @Test
  void takesBucketsForTheAccountsOwn() {
    String statement =
        "{'Effect': 'Allow', 'Action': 's3:GetObject', 'Resource': '*', 'Condition': {'StringEquals': {'%s': '111122223333'}}}"
            .replace('\'', '"');

    for (String name : List.of("aws:ResourceAccount", "s3:ResourceAccount")) {
      assertThat(denial(signIn(statement.formatted(name)), "s3:GetObject", "lake/x")).isEmpty();
    }
  }

  @Test
  void tellsTheSameOnce() {
    String key = signIn(READ_DATA);

    denial(key, "s3:PutObject", "lake/x");
    denial(key, "s3:PutObject", "lake/x");
    denial(key, "s3:PutObject", "lake/y");

    assertThat(told).hasSize(2);
  }

  @Test
  void knowsAKeyUntilItIsRevoked() {
    Credentials credentials = access.issue("arn:aws:iam::1:role/R", "s", List::of);
    assertThat(judge.secretAccessKey(credentials.accessKeyId())).isEmpty();

    judge.admit(credentials);
    assertThat(judge.secretAccessKey(credentials.accessKeyId()))
        .contains(credentials.secretAccessKey());

    judge.revoke(credentials);
    assertThat(judge.secretAccessKey(credentials.accessKeyId())).isEmpty();
    assertThat(denial(credentials.accessKeyId(), "s3:GetObject", "lake/x"))
        .contains("Access Denied");
  }

  private String signIn(String... statements) {
    List<JsonNode> parsed = new ArrayList<>();
    for (String statement : statements) {
      try {
        parsed.add(new ObjectMapper().readTree(statement));
      } catch (JsonProcessingException e) {
        throw new AssertionError(e);
      }
    }
    Credentials credentials =
        access.issue("arn:aws:iam::111122223333:role/Execution", "s1", () -> parsed);
    judge.admit(credentials);
    return credentials.accessKeyId();
  }

  private Optional<String> denial(String key, String action, String resource) {
    return judge.denial(key, Question.of(action, resource));
  }

  private Optional<String> list(String key, Map<String, String> context) {
    return judge.denial(key, new Question("s3:ListBucket", "lake", context));
  }
}
