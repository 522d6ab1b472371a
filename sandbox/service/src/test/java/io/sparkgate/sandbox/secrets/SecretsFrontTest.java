package io.sparkgate.sandbox.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.sandbox.http.LoopbackServer;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretsFrontTest {
  private static final String ARN =
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:spark/token-a1b2c3";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LiveAccess access = new LiveAccess();
  private LoopbackServer server;
  private Credentials alice;

  @BeforeEach
  void open() throws Exception {
    server =
        LoopbackServer.start("test", 0, "/", new SecretsFront(access, Map.of(ARN, "the token")));
    alice =
        access.issueUser(
            "arn:aws:iam::111122223333:user/alice",
            List.of(
                json(
                    "{'Effect':'Allow','Action':'secretsmanager:GetSecretValue','Resource':'%s*'}"
                        .formatted(ARN.substring(0, ARN.length() - 7)))));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void tellsASecretToWhoMayReadIt() throws Exception {
    assertThat(call(alice.accessKeyId(), "GetSecretValue", ARN))
        .isEqualTo(
            json("{'ARN':'%s','Name':'spark/token','SecretString':'the token'}".formatted(ARN)));
  }

  @Test
  void knowsItByItsNameToo() throws Exception {
    JsonNode answer = call(alice.accessKeyId(), "GetSecretValue", "spark/token");

    assertThat(answer.path("SecretString").asText()).isEqualTo("the token");
  }

  @Test
  void deniesInAwsWordsWhatIsThereAndWhatIsNot() throws Exception {
    Credentials bob = access.issueUser("arn:aws:iam::111122223333:user/bob", List.of());

    for (String id : List.of(ARN, "none")) {
      JsonNode answer = call(bob.accessKeyId(), "GetSecretValue", id);
      assertThat(answer.path("__type").asText()).isEqualTo("AccessDeniedException");
      assertThat(answer.path("message").asText())
          .isEqualTo(
              "User: arn:aws:iam::111122223333:user/bob is not authorized to perform:"
                  + " secretsmanager:GetSecretValue on resource: "
                  + id
                  + " because no identity-based policy allows the secretsmanager:GetSecretValue"
                  + " action");
    }
  }

  @Test
  void saysWhatItDoesNotPlay() throws Exception {
    assertThat(call(alice.accessKeyId(), "PutSecretValue", ARN).path("message").asText())
        .isEqualTo(
            "The sandbox's Secrets Manager has no operation PutSecretValue; it plays"
                + " GetSecretValue.");
  }

  private JsonNode call(String key, String operation, String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + "/"))
            .header("X-Amz-Target", "secretsmanager." + operation)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                    + key
                    + "/20260102/eu-west-1/secretsmanager/aws4_request")
            .POST(BodyPublishers.ofString("{\"SecretId\": \"" + id + "\"}"))
            .build();
    return JSON.readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
  }

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text.replace('\'', '"'));
  }
}
