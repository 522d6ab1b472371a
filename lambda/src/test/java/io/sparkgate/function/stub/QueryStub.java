package io.sparkgate.function.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A server that speaks AWS's query protocol: a form is posted, XML is answered. */
final class QueryServer implements AutoCloseable {

  /** What one service answers. */
  @FunctionalInterface
  interface Answers {

    /** The whole document for a request. */
    String to(HttpExchange exchange, String action, Map<String, List<String>> query)
        throws Refused, InterruptedException;
  }

  private record Answer(int status, String xml) {}

  private final String xmlns;
  private final Answers answers;
  private final StubServer server;

  QueryServer(String name, String xmlns, Answers answers) {
    this.xmlns = xmlns;
    this.answers = answers;
    this.server = new StubServer(name, this::handle);
  }

  static Refused unknownAction() {
    return new Refused(new Fault(400, "InvalidAction", "Could not find the operation"));
  }

  URI uri() {
    return server.uri();
  }

  @Override
  public void close() {
    server.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answerTo(exchange);
      if (answer.status() == Fault.BROKEN.status()) {
        return;
      }
      byte[] bytes = answer.xml().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      exchange.sendResponseHeaders(answer.status(), bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer answerTo(HttpExchange exchange) throws IOException, InterruptedException {
    try {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Map<String, List<String>> query = Requests.query(body);
      String action = Requests.one(query, "Action").orElse("none");
      return new Answer(200, answers.to(exchange, action, query));
    } catch (Refused refused) {
      Fault fault = refused.fault();
      return new Answer(
          fault.status(),
          """
          <ErrorResponse xmlns="%s"><Error><Type>Sender</Type><Code>%s</Code>\
          <Message>%s</Message></Error><RequestId>stub-request</RequestId></ErrorResponse>"""
              .formatted(xmlns, fault.type(), fault.message()));
    }
  }
}
