package io.sparkgate.sandbox.json11;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.sparkgate.sandbox.http.Answer;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.iam.Unauthenticated;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;

/** A service over HTTP, in AWS's JSON 1.1. What it does, a subclass says. */
public abstract class Json11Front implements HttpHandler {

  private static final System.Logger LOG = System.getLogger(Json11Front.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Far more than anything that is played takes. */
  private static final int LARGEST_BODY = 1 << 18;

  private final AccessControl access;
  private final String target;

  /**
   * The service.
   *
   * @param target what begins the names of operations, for example {@code AmazonSSM.}
   */
  protected Json11Front(AccessControl access, String target) {
    this.access = access;
    this.target = target;
  }

  /**
   * Answers a call.
   *
   * @param operation for example {@code GetParameter}
   * @throws Fault what it answers instead
   */
  protected abstract JsonNode call(String operation, Identity caller, JsonNode input) throws Fault;

  @Override
  public final void handle(HttpExchange exchange) throws IOException {
    int status = 200;
    JsonNode answer;
    try {
      answer = answer(exchange);
    } catch (Fault e) {
      status = e.status();
      answer = error(e);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "A request failed", e);
      Fault fault = Fault.internal();
      status = fault.status();
      answer = error(fault);
    }
    new Answer(status, "application/x-amz-json-1.1", JSON.writeValueAsBytes(answer))
        .send(exchange, UUID.randomUUID());
  }

  private JsonNode answer(HttpExchange exchange) throws IOException, Fault {
    JsonNode input = body(exchange.getRequestBody().readNBytes(LARGEST_BODY + 1));
    Identity caller = caller(header(exchange, "Authorization"));
    String operation = header(exchange, "X-Amz-Target");
    return call(
        operation.startsWith(target) ? operation.substring(target.length()) : operation,
        caller,
        input);
  }

  private static ObjectNode body(byte[] body) throws IOException, Fault {
    if (body.length > LARGEST_BODY) {
      throw Fault.of(
          "ValidationException",
          "The request's body is larger than %d bytes.".formatted(LARGEST_BODY));
    }
    try {
      if (JSON.readTree(body) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      // Said below, as of what is JSON but no object.
    }
    throw Fault.of("SerializationException", "The request's body is not a JSON object.");
  }

  private Identity caller(String authorization) throws Fault {
    try {
      return access.caller(authorization);
    } catch (Unauthenticated e) {
      String type =
          switch (e.reason()) {
            case UNKNOWN -> "UnrecognizedClientException";
            case EXPIRED -> "ExpiredTokenException";
          };
      throw Fault.of(type, String.valueOf(e.getMessage()));
    }
  }

  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }

  private static ObjectNode error(Fault fault) {
    return JSON.createObjectNode()
        .put("__type", fault.type())
        .put("message", String.valueOf(fault.getMessage()));
  }
}
