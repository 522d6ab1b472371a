package io.sparkgate.day;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Somebody who calls the service. */
final class Person {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String name;
  private final URI application;
  private final String role;
  private int calls;

  /**
   * Somebody.
   *
   * @param application the service's address of it
   * @param role that sessions and job runs have
   */
  Person(String name, URI application, String role) {
    this.name = name;
    this.application = application;
    this.role = role;
  }

  /** The session's id. */
  String start(String session) {
    return call(
            "POST",
            "/sessions",
            """
            {"clientToken": "%s-%d", "executionRoleArn": "%s", "name": "%s",
             "tags": {"sparkgate:owner": "%s@example.com"}}
            """
                .formatted(name, calls++, role, session, name))
        .path("sessionId")
        .asText();
  }

  void end(String sessionId) {
    call("DELETE", "/sessions/" + sessionId, "");
  }

  JsonNode session(String sessionId) {
    return call("GET", "/sessions/" + sessionId, "").path("session");
  }

  /** The job run's id. */
  String submit(String job) {
    return call(
            "POST",
            "/jobruns",
            """
            {"clientToken": "%s-%d", "executionRoleArn": "%s", "name": "%s",
             "tags": {"sparkgate:owner": "%s@example.com"},
             "jobDriver": {"sparkSubmit": {"entryPoint": "s3://jobs/%s.py"}}}
            """
                .formatted(name, calls++, role, job, name, job))
        .path("jobRunId")
        .asText();
  }

  private JsonNode call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(application + path))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=%s/20261126/us-east-1/emr-serverless/aws4_request, SignedHeaders=host, Signature=0"
                    .formatted(Everybody.accessKey(name)))
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IllegalStateException("%s of %s: %s".formatted(request, name, response.body()));
      }
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
