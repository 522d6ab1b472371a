package io.sparkgate.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A service over HTTP, alone, and calls to it in which single quotes stand for double ones. */
public final class Neighbour implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LoopbackServer server;

  /** What the service answered. */
  public record Reply(int status, String text) {
    public JsonNode body() {
      return json(text);
    }
  }

  public Neighbour(HttpHandler handler) {
    try {
      server = LoopbackServer.start("test", 0, "/", handler);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Calls an operation; where no target is given, the body is a form. */
  public Reply call(String accessKey, String target, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + "/"))
            .header("X-Amz-Target", target)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + accessKey + "/20260102/eu-west-1/x/aws4_request")
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.body());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** JSON in which single quotes stand for double ones. */
  public static JsonNode json(String text) {
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
