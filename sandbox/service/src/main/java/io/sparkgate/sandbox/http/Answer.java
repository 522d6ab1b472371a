package io.sparkgate.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.UUID;

/** What a service of AWS's answers: all of it at once, with an id of the request. */
public record Answer(int status, String contentType, byte[] body) {

  /** What a client reads where the sandbox itself is at fault. */
  public static final String OUR_FAULT =
      "The sandbox failed; its log says more. This is not your request's fault.";

  /** Sends it, and ends the exchange. */
  public void send(HttpExchange exchange, UUID requestId) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.getResponseHeaders().set("x-amzn-RequestId", requestId.toString());
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
