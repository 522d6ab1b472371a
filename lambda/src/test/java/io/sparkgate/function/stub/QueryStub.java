package io.sparkgate.function.stub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A stub that speaks AWS's query protocol: a form is posted, XML is answered. */
abstract class QueryStub extends Stub {

  private record Answer(int status, String xml) {}

  private final String xmlns;

  QueryStub(String name, String xmlns) {
    super(name);
    this.xmlns = xmlns;
  }

  /** The whole document for a request. */
  abstract String answer(HttpExchange exchange, String action, Map<String, List<String>> query)
      throws Refused, InterruptedException;

  static Refused unknownAction() {
    return new Refused(new Fault(400, "InvalidAction", "Could not find the operation"));
  }

  @Override
  final void handle(HttpExchange exchange) throws IOException {
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
      return new Answer(200, answer(exchange, action, query));
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
