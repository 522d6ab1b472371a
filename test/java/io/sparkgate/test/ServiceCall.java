package io.sparkgate.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.test.DeployedStack.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of the service as it is on the wire, because the generated client knows only a part of
 * them. What differs from call to call is a name in braces.
 *
 * @param name as people read it
 */
record ServiceCall(String name, String method, String path, String body) {

  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /** What the service said; its error is empty where it did what it was asked. */
  record Answer(String error, JsonNode body) {

    String message() {
      return body.path("message").asText();
    }

    /** Of the session that was started or asked for; empty where the answer has none. */
    String sessionId() {
      return body.path("sessionId").asText();
    }

    /** Of the job run that was started or cancelled; empty where the answer has none. */
    String jobRunId() {
      return body.path("jobRunId").asText();
    }

    boolean isDenied() {
      return error.equals("AccessDeniedException");
    }
  }

  /** A line for each: {@code name | method path | body}, the last where there is one. */
  static List<ServiceCall> read(String lines) {
    return lines.lines().map(ServiceCall::readOne).toList();
  }

  private static ServiceCall readOne(String line) {
    String[] parts = line.split("\\|");
    String[] request = parts[1].strip().split(" +");
    return new ServiceCall(
        parts[0].strip(), request[0], request[1], parts.length > 2 ? parts[2].strip() : "");
  }

  /** Calls as somebody, with the values of the names in braces. */
  Answer send(URI service, Person caller, Map<String, String> values) {
    try {
      HttpResponse<String> response =
          HTTP.send(
              HttpRequest.newBuilder(
                      URI.create(service + filled(path, name -> escaped(values.get(name)))))
                  .header(
                      "Authorization",
                      "AWS4-HMAC-SHA256 Credential=" + caller.accessKeyId + "/matrix")
                  .method(method, BodyPublishers.ofString(filled(body, values::get)))
                  .build(),
              BodyHandlers.ofString());
      return new Answer(
          response.headers().firstValue("x-amzn-ErrorType").orElse(""),
          new ObjectMapper().readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String filled(String text, UnaryOperator<String> values) {
    return NAME.matcher(text)
        .replaceAll(name -> Matcher.quoteReplacement(values.apply(name.group(1))));
  }

  /** An ARN in a path holds a slash. */
  private static String escaped(String value) {
    return value.replace("/", "%2F");
  }
}
