package io.sparkgate.sandbox.emrserverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.emrserverless.Gateway.Refused;
import io.sparkgate.sandbox.emrserverless.Plane.Reply;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokensTest {

  private final Plane plane = Plane.withApplication();

  @AfterEach
  void close() {
    plane.close();
  }

  private JsonNode endpoint(String session) {
    Reply reply = plane.get(Plane.SESSIONS + "/" + session + "/endpoint");
    assertThat(reply.status()).as(reply.message()).isEqualTo(200);
    return reply.body();
  }

  private String token(String session) {
    return endpoint(session).path("authToken").asText();
  }

  private void assertRefused(String token, String reason) {
    assertThatThrownBy(() -> plane.control.routes().portFor(token))
        .isInstanceOf(Refused.class)
        .hasMessageContaining(reason)
        .message()
        .satisfies(message -> assertThat(token.isEmpty() || !message.contains(token)).isTrue());
  }

  @Test
  void leadToTheDriverForAnHour() throws Exception {
    String id = plane.up("t");
    JsonNode endpoint = endpoint(id);
    assertThat(endpoint.path("endpoint").asText())
        .isEqualTo("https://" + id + ".s.emr-serverless-services.us-east-1.amazonaws.com");
    assertThat(endpoint.path("applicationId").asText()).isEqualTo("00app");
    assertThat(endpoint.path("sessionId").asText()).isEqualTo(id);
    assertThat(Plane.instant(endpoint.path("authTokenExpiresAt")))
        .isEqualTo(MovableClock.START.plus(Duration.ofHours(1)));
    String token = endpoint.path("authToken").asText();
    assertThat(token).doesNotContain("=");
    assertThat(Base64.getUrlDecoder().decode(token)).hasSizeGreaterThanOrEqualTo(96);
    assertThat(plane.control.routes().portFor(token)).isEqualTo(15002);
    plane.pass(Duration.ofMinutes(59));
    assertThat(plane.control.routes().portFor(token)).isEqualTo(15002);
    plane.pass(Duration.ofMinutes(1));
    assertRefused(token, "The x-aws-proxy-auth token has expired.");
    assertThat(plane.control.routes().portFor(token(id))).isEqualTo(15002);
    plane.pass(Duration.ofDays(2));
    assertRefused(token, "unknown");
  }

  @Test
  void areToldFromOthersWhenTheyHaveExpired() {
    String token = token(plane.up("t"));
    plane.pass(Duration.ofHours(1));
    assertThat(refusal(token).isExpired()).isTrue();
    assertThat(refusal("guess").isExpired()).isFalse();
  }

  @Test
  void areExplainedOnceWhenTheyHaveExpiredToWhoRunsTheSandbox() {
    String id = plane.up("t");
    String first = token(id);
    String second = token(id);
    String other = token(plane.up("u"));
    plane.pass(Duration.ofHours(1));
    for (String token : List.of(first, first, second, other)) {
      refusal(token);
    }
    assertThat(plane.advices).extracting(Narrator.Advice::sessionId).hasSize(2).startsWith(id);
    assertThat(plane.advices.get(0).owner()).isEqualTo(RecordingAccess.ALICE);
    assertThat(plane.advices.get(0).at()).isEqualTo(plane.clock.instant());
    assertThat(plane.advices.get(0).text())
        .contains("UNKNOWN, \"Stream removed\"")
        .contains("connect with SparkSession.builder.remote(url).create()")
        .doesNotContain(first);
  }

  @Test
  void areNotExplainedWhenTheirSessionHasEnded() {
    String id = plane.up("t");
    String token = token(id);
    plane.delete(Plane.SESSIONS + "/" + id);
    plane.pass(Duration.ofHours(1));
    refusal(token);
    assertThat(plane.advices).isEmpty();
  }

  private Refused refusal(String token) {
    return catchThrowableOfType(Refused.class, () -> plane.control.routes().portFor(token));
  }

  @Test
  void areManyAndAllValid() throws Exception {
    String id = plane.up("t");
    String first = token(id);
    String second = token(id);
    assertThat(second).isNotEqualTo(first);
    assertThat(plane.control.routes().portFor(first)).isEqualTo(15002);
    assertThat(plane.control.routes().portFor(second)).isEqualTo(15002);
  }

  @Test
  void openNothingElse() {
    assertRefused("", "missing");
    assertRefused("guess", "unknown");
  }

  @Test
  void openNoSessionThatIsNotUp() {
    String id = plane.up("t");
    String token = token(id);
    plane.delete(Plane.SESSIONS + "/" + id);
    assertRefused(token, "Session " + id + " is TERMINATING");
    plane.driver(id).tells.ended("over");
    assertRefused(token, "is TERMINATED");
  }

  @Test
  void areNotGivenForASessionThatIsNotUp() {
    String id = plane.start("t", "").sessionId();
    Reply refused = plane.get(Plane.SESSIONS + "/" + id + "/endpoint");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.type()).isEqualTo("ValidationException");
    assertThat(refused.message()).contains(id).contains("STARTING").contains("STARTED, IDLE");
  }

  @Test
  void areNotToldByAccident() {
    assertThat(new Tokens.Issued("secret", MovableClock.START).toString()).doesNotContain("secret");
  }
}
