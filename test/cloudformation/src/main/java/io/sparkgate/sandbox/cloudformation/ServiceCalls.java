package io.sparkgate.sandbox.cloudformation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sparkgate.sandbox.iam.Credentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.UUID;

/** Calls EMR Serverless as CloudFormation's handler does, with the deployer's credentials. */
final class ServiceCalls {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI service;
  private final Credentials deployer;

  ServiceCalls(URI service, Credentials deployer) {
    this.service = service;
    this.deployer = deployer;
  }

  /** Calls an operation; fails as CloudFormation tells it. */
  JsonNode call(String method, String path, JsonNode body) throws Failed {
    return answer(send(method, path, body));
  }

  /** What a path shows; empty when there is no such thing. */
  Optional<JsonNode> find(String path) throws Failed {
    HttpResponse<String> response = send("GET", path, MissingNode.getInstance());
    return response.statusCode() == 404 ? Optional.empty() : Optional.of(answer(response));
  }

  private HttpResponse<String> send(String method, String path, JsonNode body) throws Failed {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(service + path))
              .header(
                  "Authorization",
                  "AWS4-HMAC-SHA256 Credential=" + deployer.accessKeyId() + "/sandbox")
              .method(
                  method,
                  body.isMissingNode()
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(body.toString()))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new Failed("EMR Serverless cannot be called: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failed("The deployment was interrupted.");
    }
  }

  private static JsonNode answer(HttpResponse<String> response) throws Failed {
    JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new Failed("EMR Serverless answered no JSON: " + e.getOriginalMessage());
    }
    if (response.statusCode() != 200) {
      throw refused(response, answer.path("message").asText());
    }
    return answer;
  }

  private static Failed refused(HttpResponse<String> response, String message) {
    String code =
        switch (response.statusCode()) {
          case 400 -> "InvalidRequest";
          case 402 -> "ServiceLimitExceeded";
          case 403 -> "AccessDenied";
          case 404 -> "NotFound";
          case 409 -> "ResourceConflict";
          case 429 -> "Throttling";
          default -> "ServiceInternalError";
        };
    return new Failed(
        ("Resource handler returned message: \"%s (Service: EmrServerless, Status Code: %d, Request"
                + " ID: %s)\" (RequestToken: %s, HandlerErrorCode: %s)")
            .formatted(
                message,
                response.statusCode(),
                response.headers().firstValue("x-amzn-RequestId").orElse(""),
                UUID.randomUUID(),
                code));
  }
}
