package io.sparkgate.sandbox.ssm;

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
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Parameter Store over HTTP, in AWS's JSON 1.1: GetParameter and GetParameters. */
public final class SsmFront implements HttpHandler {

  /** The name that requests to it are signed for. */
  public static final String SERVICE = "ssm";

  private static final System.Logger LOG = System.getLogger(SsmFront.class.getName());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TARGET = "AmazonSSM.";

  /** Far more than ten names take. */
  private static final int LARGEST_BODY = 1 << 16;

  private final AccessControl access;
  private final ParameterOperations operations;

  /**
   * The service.
   *
   * @param parameters the values by the names
   * @param arns from names to ARNs
   */
  public SsmFront(
      AccessControl access, Map<String, String> parameters, UnaryOperator<String> arns) {
    this.access = access;
    this.operations = new ParameterOperations(access, parameters, arns);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
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
    String operation = header(exchange, "X-Amz-Target").replaceFirst("^" + TARGET, "");
    return switch (operation) {
      case "GetParameter" -> operations.get(caller, input);
      case "GetParameters" -> operations.getAll(caller, input);
      default ->
          throw Fault.of(
              "UnknownOperationException",
              "The sandbox's SSM has no operation %s; it plays GetParameter and GetParameters."
                  .formatted(operation));
    };
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
