package io.sparkgate.sandbox.sts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkgate.sandbox.http.LoopbackServer;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.iam.Role;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The service over HTTP, on a clock whose hour is a minute, with a role and with Alice. */
final class Sts implements AutoCloseable {

  private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
  static final String ROLE = "arn:aws:iam::111122223333:role/Developer";
  static final String ALICE = "arn:aws:iam::111122223333:user/alice";

  final AtomicReference<Instant> now = new AtomicReference<>(START);
  final LiveAccess access = new LiveAccess(now::get);
  final Credentials alice =
      access.issueUser(ALICE, List.of(json("{'Effect':'Allow','Action':'sts:*','Resource':'*'}")));
  private final Role role =
      new Role(
          ROLE,
          "AROADEV",
          json(
              """
              {'Statement': {'Effect': 'Allow', 'Action': 'sts:*',
               'Principal': {'AWS': 'arn:aws:iam::111122223333:root'}}}
              """),
          Duration.ofHours(2),
          () -> List.of(json("{'Effect':'Allow','Action':['sts:*','x:Read'],'Resource':'*'}")));
  private final LoopbackServer server = start();

  /** What the service answered. */
  record Reply(int status, Document document) {
    String text(String element) {
      NodeList found = document.getElementsByTagNameNS("*", element);
      return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
  }

  private LoopbackServer start() {
    try {
      return LoopbackServer.start(
          "test",
          0,
          "/",
          new StsFront(
              access,
              arn -> arn.equals(ROLE) ? Optional.of(role) : Optional.empty(),
              duration -> now.get().plus(duration.dividedBy(60))));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }

  Reply assume(String accessKey, Map<String, String> members) {
    Map<String, String> all =
        new LinkedHashMap<>(
            Map.of("Action", "AssumeRole", "RoleArn", ROLE, "RoleSessionName", "alice"));
    all.putAll(members);
    return call(accessKey, all);
  }

  Reply call(String accessKey, Map<String, String> members) {
    StringBuilder form = new StringBuilder();
    members.forEach(
        (name, value) ->
            form.append(form.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + "/"))
            .POST(BodyPublishers.ofString(form.toString()));
    if (!accessKey.isEmpty()) {
      request.header(
          "Authorization",
          "AWS4-HMAC-SHA256 Credential=" + accessKey + "/20260102/us-east-1/sts/aws4_request");
    }
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      return new Reply(
          response.statusCode(),
          factory.newDocumentBuilder().parse(new InputSource(new StringReader(response.body()))));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
