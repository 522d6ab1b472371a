package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.sparkgate.sandbox.http.Answer;
import io.sparkgate.sandbox.http.LoopbackServer;
import io.sparkgate.sandbox.iam.SigV4;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The service's rest-json over HTTP, for this machine only. */
final class HttpFront implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Far more than the largest request that the model allows to be useful. */
  private static final int LARGEST_BODY = 4 << 20;

  private final Service service;
  private final Map<String, HttpHandler> neighbours;
  private final Map<String, HttpHandler> pages;
  private final LoopbackServer server;

  /**
   * Listens on a port of the loopback address.
   *
   * @param port 0 for any that is free
   * @param neighbours other services on the port, by the names that requests are signed for
   * @param pages for browsers, which do not sign, by what their paths begin with
   */
  HttpFront(
      Service service,
      int port,
      Map<String, HttpHandler> neighbours,
      Map<String, HttpHandler> pages)
      throws IOException {
    this.service = service;
    this.neighbours = Map.copyOf(neighbours);
    this.pages = Map.copyOf(pages);
    server = LoopbackServer.start("control-plane", port, "/", this::route);
  }

  InetSocketAddress address() {
    return server.address();
  }

  /** By whom it is signed for: not all of AWS's SDKs keep a path of the endpoint. */
  private void route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    for (Map.Entry<String, HttpHandler> page : pages.entrySet()) {
      if (path.startsWith(page.getKey())) {
        page.getValue().handle(exchange);
        return;
      }
    }
    HttpHandler neighbour = neighbours.get(SigV4.service(authorization(exchange)));
    if (neighbour == null) {
      handle(exchange);
    } else {
      neighbour.handle(exchange);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      JsonNode answer;
      try {
        answer = answer(exchange);
      } catch (Fault e) {
        status = e.kind().status;
        answer = error(exchange, e.kind(), String.valueOf(e.getMessage()));
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "A request failed", e);
        status = Fault.Kind.INTERNAL_SERVER.status;
        answer = error(exchange, Fault.Kind.INTERNAL_SERVER, Answer.OUR_FAULT);
      }
      new Answer(status, "application/json", JSON.writeValueAsBytes(answer))
          .send(exchange, UUID.randomUUID());
    }
  }

  private JsonNode answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      throw Fault.validation("The request's body is larger than %d bytes.".formatted(LARGEST_BODY));
    }
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getRawPath();
    Operation.Match match =
        Model.find(method, path)
            .filter(service::plays)
            .orElseThrow(
                () ->
                    new Fault(
                        Fault.Kind.UNKNOWN_OPERATION,
                        "The sandbox has no operation %s %s.".formatted(method, path)));
    String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
    return service.answer(match, query, body, authorization(exchange));
  }

  private static String authorization(HttpExchange exchange) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
  }

  private static JsonNode error(HttpExchange exchange, Fault.Kind kind, String message) {
    exchange.getResponseHeaders().set("x-amzn-ErrorType", kind.type);
    return JsonNodeFactory.instance.objectNode().put("message", message);
  }

  @Override
  public void close() {
    server.close();
  }
}
