package io.sparkgate.sandbox.ssm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.sandbox.http.LoopbackServer;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.iam.Role;
import io.sparkgate.sandbox.iam.RoleSession;
import io.sparkgate.sandbox.template.Blueprint.Parameter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service over HTTP, with three parameters, and Alice, who may read what is below dev. */
final class Ssm implements AutoCloseable {

  static final String ARN = "arn:aws:ssm:eu-west-1:111122223333:parameter";
  static final String ALICE = "arn:aws:iam::111122223333:user/alice";

  private static final ObjectMapper JSON = new ObjectMapper();

  final LiveAccess access = new LiveAccess();
  final Credentials alice =
      access.issueUser(
          ALICE,
          List.of(
              json(
                  "{'Effect':'Allow','Action':'ssm:GetParameter*','Resource':'%s/sparkgate/dev/*'}"
                      .formatted(ARN))));
  private final LoopbackServer server;

  /** What the service answered. */
  record Reply(int status, String contentType, JsonNode body) {
    String type() {
      return body.path("__type").asText();
    }

    String message() {
      return body.path("message").asText();
    }
  }

  Ssm() {
    this(Optional.empty());
  }

  /** One with an instance that sessions lead to. */
  Ssm(Tunnels tunnels) {
    this(Optional.of(tunnels));
  }

  private Ssm(Optional<Tunnels> tunnels) {
    try {
      server =
          LoopbackServer.start(
              "test",
              0,
              "/",
              new SsmFront(
                  access,
                  Map.of(
                      "/sparkgate/dev/owner", new Parameter("String", "user-id"),
                      "/sparkgate/dev/log-groups", new Parameter("StringList", "/a,/b"),
                      "/other", new Parameter("String", "secret")),
                  name -> ARN + name,
                  tunnels));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key of a session that is over. */
  String expired() {
    Identity caller = alice.identity();
    Role role =
        new Role("arn:aws:iam::1:role/R", "AROA", json("{}"), Duration.ofHours(1), List::of);
    return access
        .assume(caller, role, new RoleSession("x", "", Map.of(), ""), Instant.EPOCH)
        .accessKeyId();
  }

  /** Alice's call, with single quotes for double ones. */
  Reply call(String operation, String body) {
    return call(alice.accessKeyId(), operation, body);
  }

  Reply call(String accessKey, String operation, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + "/"))
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "AmazonSSM." + operation)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + accessKey + "/20260102/eu-west-1/ssm/aws4_request")
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      return new Reply(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          JSON.readTree(response.body()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
