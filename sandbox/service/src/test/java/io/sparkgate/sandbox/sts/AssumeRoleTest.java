package io.sparkgate.sandbox.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.sts.Sts.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssumeRoleTest {

  private final Sts sts = new Sts();

  @AfterEach
  void close() {
    sts.close();
  }

  @Test
  void makesTheCallerASessionOfTheRole() {
    Reply reply = sts.assume(sts.alice.accessKeyId(), Map.of());
    String key = reply.text("AccessKeyId");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(key).matches("ASIA[A-Z0-9]{16}");
    assertThat(reply.text("SecretAccessKey")).hasSize(40);
    assertThat(reply.text("SessionToken")).hasSizeGreaterThan(100);
    assertThat(reply.text("AssumedRoleId")).isEqualTo("AROADEV:alice");
    Reply who = sts.call(key, Map.of("Action", "GetCallerIdentity"));
    assertThat(who.text("Arn")).isEqualTo("arn:aws:sts::111122223333:assumed-role/Developer/alice");
    assertThat(who.text("UserId")).isEqualTo("AROADEV:alice");
    Identity session = sts.access.identify(key).orElseThrow();
    assertThat(sts.access.denial(session, Action.on("x:Read", "arn:aws:x:::y", Map.of())))
        .isEmpty();
    assertThat(sts.access.denial(session, Action.on("x:Write", "arn:aws:x:::y", Map.of())))
        .isPresent();
  }

  @Test
  void makesNewKeysEachTime() {
    assertThat(sts.assume(sts.alice.accessKeyId(), Map.of()).text("AccessKeyId"))
        .isNotEqualTo(sts.assume(sts.alice.accessKeyId(), Map.of()).text("AccessKeyId"));
  }

  @Test
  void givesTheSessionItsSourceIdentityAndTags() {
    Reply reply =
        sts.assume(
            sts.alice.accessKeyId(),
            Map.of(
                "SourceIdentity",
                "alice@x",
                "Tags.member.1.Key",
                "team",
                "Tags.member.1.Value",
                "a b"));

    assertThat(reply.text("SourceIdentity")).isEqualTo("alice@x");
    Identity session = sts.access.identify(reply.text("AccessKeyId")).orElseThrow();
    assertThat(session.sourceIdentity()).isEqualTo("alice@x");
    assertThat(session.principalTags()).containsExactly(Map.entry("team", "a b"));
  }

  @Test
  void endsTheCredentialsWhenItSaidByTheClientsClock() {
    Reply reply = sts.assume(sts.alice.accessKeyId(), Map.of());
    Instant end = Instant.parse(reply.text("Expiration"));
    String key = reply.text("AccessKeyId");

    assertThat(end).as("an hour of the sandbox").isEqualTo("2026-01-02T03:05:05Z");
    sts.now.set(end.minusMillis(1));
    assertThat(sts.call(key, Map.of("Action", "GetCallerIdentity")).status()).isEqualTo(200);
    sts.now.set(end);
    Reply late = sts.call(key, Map.of("Action", "GetCallerIdentity"));
    assertThat(late.status()).isEqualTo(403);
    assertThat(late.text("Code")).isEqualTo("ExpiredToken");
    assertThat(late.text("Message"))
        .isEqualTo("The security token included in the request is expired");
    sts.now.set(end.plus(Duration.ofDays(2)));
    sts.assume(sts.alice.accessKeyId(), Map.of());
    assertThat(sts.call(key, Map.of("Action", "GetCallerIdentity")).text("Code"))
        .as("forgotten")
        .isEqualTo("InvalidClientTokenId");
  }

  @Test
  void deniesInAwsWords() {
    Credentials bob = sts.access.issueUser("arn:aws:iam::111122223333:user/bob", List.of());

    Reply reply = sts.assume(bob.accessKeyId(), Map.of());

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.text("Type")).isEqualTo("Sender");
    assertThat(reply.text("Code")).isEqualTo("AccessDenied");
    assertThat(reply.text("Message"))
        .isEqualTo(
            "User: arn:aws:iam::111122223333:user/bob is not authorized to perform:"
                + " sts:AssumeRole on resource: "
                + Sts.ROLE
                + " because no identity-based policy allows the sts:AssumeRole action");
    assertThat(reply.text("RequestId")).isNotEmpty();
  }

  @Test
  void doesNotSayWhetherARoleExists() {
    Reply reply = sts.assume(sts.alice.accessKeyId(), Map.of("RoleArn", Sts.ROLE + "X"));

    assertThat(reply.text("Code")).isEqualTo("AccessDenied");
    assertThat(reply.text("Message"))
        .isEqualTo(
            "User: "
                + Sts.ALICE
                + " is not authorized to perform: sts:AssumeRole on resource: "
                + Sts.ROLE
                + "X");
  }

  @Test
  void limitsHowLongItIsAndAnHourForChainedRoles() {
    assertThat(
            Instant.parse(
                sts.assume(sts.alice.accessKeyId(), Map.of("DurationSeconds", "7200"))
                    .text("Expiration")))
        .isEqualTo("2026-01-02T03:06:05Z");
    Reply tooLong = sts.assume(sts.alice.accessKeyId(), Map.of("DurationSeconds", "7201"));
    assertThat(tooLong.status()).isEqualTo(400);
    assertThat(tooLong.text("Code")).isEqualTo("ValidationError");
    assertThat(tooLong.text("Message"))
        .isEqualTo(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    String first = sts.assume(sts.alice.accessKeyId(), Map.of()).text("AccessKeyId");
    assertThat(sts.assume(first, Map.of("DurationSeconds", "3600")).status()).isEqualTo(200);
    assertThat(sts.assume(first, Map.of("DurationSeconds", "3601")).text("Message"))
        .isEqualTo(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "RoleSessionName | a b | Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
        "RoleSessionName | x | Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2",
        "RoleArn | short | Value 'short' at 'roleArn' failed to satisfy constraint: Member must have length greater than or equal to 20",
        "DurationSeconds | 899 | Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900",
        "DurationSeconds | 43201 | Value '43201' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200",
        "DurationSeconds | soon | Value 'soon' at 'durationSeconds' failed to satisfy constraint: Member must be an integer",
        "SourceIdentity | a/b | Value 'a/b' at 'sourceIdentity' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
      })
  void refusesWhatTheModelDoesNotAllow(String name, String value, String problem) {
    Reply reply = sts.assume(sts.alice.accessKeyId(), Map.of(name, value));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("Code")).isEqualTo("ValidationError");
    assertThat(reply.text("Message")).isEqualTo("1 validation error detected: " + problem);
  }

  @Test
  void missesWhatIsRequired() {
    assertThat(sts.call(sts.alice.accessKeyId(), Map.of("Action", "AssumeRole")).text("Message"))
        .isEqualTo(
            "2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint:"
                + " Member must not be null; Value null at 'roleSessionName' failed to satisfy"
                + " constraint: Member must not be null");
  }
}
