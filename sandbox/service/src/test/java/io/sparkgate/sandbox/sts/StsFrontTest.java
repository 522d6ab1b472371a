package io.sparkgate.sandbox.sts;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.sandbox.sts.Sts.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StsFrontTest {

  private final Sts sts = new Sts();

  @AfterEach
  void close() {
    sts.close();
  }

  @Test
  void saysWhoCalls() {
    Reply reply = sts.call(sts.alice.accessKeyId(), Map.of("Action", "GetCallerIdentity"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.document().getDocumentElement().getNamespaceURI())
        .isEqualTo("https://sts.amazonaws.com/doc/2011-06-15/");
    assertThat(reply.text("Account")).isEqualTo("111122223333");
    assertThat(reply.text("Arn")).isEqualTo(Sts.ALICE);
    assertThat(reply.text("UserId")).matches("AIDA[A-Z0-9]{17}");
  }

  @Test
  void knowsNobodyElse() {
    Reply stranger = sts.call("AKIAUNKNOWN", Map.of("Action", "GetCallerIdentity"));
    assertThat(stranger.status()).isEqualTo(403);
    assertThat(stranger.text("Code")).isEqualTo("InvalidClientTokenId");
    assertThat(stranger.text("Message"))
        .isEqualTo("The security token included in the request is invalid.");
    Reply nobody = sts.call("", Map.of("Action", "GetCallerIdentity"));
    assertThat(nobody.status()).isEqualTo(403);
    assertThat(nobody.text("Code")).isEqualTo("MissingAuthenticationToken");
  }

  @Test
  void saysWhatItDoesNotPlay() {
    assertThat(
            sts.assume(
                    sts.alice.accessKeyId(), Map.of("Policy", "{}", "PolicyArns.member.1.arn", "x"))
                .text("Message"))
        .isEqualTo(
            "The sandbox's AssumeRole does not play Policy, PolicyArns; leave it out. It plays"
                + " RoleArn, RoleSessionName, DurationSeconds, ExternalId, SourceIdentity, Tags.");
    Reply other =
        sts.call(
            sts.alice.accessKeyId(), Map.of("Action", "GetSessionToken", "Version", "2011-06-15"));
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.text("Code")).isEqualTo("InvalidAction");
    assertThat(other.text("Message"))
        .isEqualTo(
            "Could not find operation GetSessionToken for version 2011-06-15. The sandbox's STS"
                + " plays GetCallerIdentity and AssumeRole of 2011-06-15.");
  }
}
