package io.sparkgate.sandbox.sts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.sparkgate.sandbox.http.Answer;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.iam.LiveAccess;
import io.sparkgate.sandbox.iam.Role;
import io.sparkgate.sandbox.iam.Unauthenticated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** STS over HTTP, in AWS's query protocol: GetCallerIdentity and AssumeRole. */
public final class StsFront implements HttpHandler {

  /** The name that requests to it are signed for. */
  public static final String SERVICE = "sts";

  private static final System.Logger LOG = System.getLogger(StsFront.class.getName());

  /** Far more than AssumeRole with all its tags takes. */
  private static final int LARGEST_BODY = 1 << 16;

  private final LiveAccess access;
  private final AssumeRole assumeRole;

  /**
   * The service.
   *
   * @param roles finds a role by its ARN
   * @param ends when what begins now and lasts so long will end, by the clients' clock
   */
  public StsFront(
      LiveAccess access, Function<String, Optional<Role>> roles, Function<Duration, Instant> ends) {
    this.access = access;
    this.assumeRole = new AssumeRole(access, roles, ends);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    UUID requestId = UUID.randomUUID();
    answer(exchange, requestId).send(exchange, requestId);
  }

  private Answer answer(HttpExchange exchange, UUID requestId) throws IOException {
    try {
      Parameters parameters = parameters(exchange);
      String action = parameters.text("Action");
      Map<String, Object> result = result(action, parameters, exchange);
      return xml(
          200,
          action + "Response",
          ordered(action + "Result", result, "ResponseMetadata", Map.of("RequestId", requestId)));
    } catch (Fault e) {
      return error(e, requestId);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "A request failed", e);
      return error(new Fault("InternalFailure", 500, Answer.OUR_FAULT), requestId);
    }
  }

  private Map<String, Object> result(String action, Parameters parameters, HttpExchange exchange)
      throws Fault {
    return switch (action) {
      // Nobody needs a permission for it, and no policy takes it away.
      case "GetCallerIdentity" -> shown(caller(exchange));
      case "AssumeRole" -> assumeRole.answer(caller(exchange), parameters);
      default ->
          throw new Fault(
              "InvalidAction",
              400,
              "Could not find operation %s for version %s. The sandbox's STS plays GetCallerIdentity and AssumeRole of 2011-06-15."
                  .formatted(action, parameters.text("Version")));
    };
  }

  private static Parameters parameters(HttpExchange exchange) throws IOException, Fault {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      throw Fault.validation("The request's body is larger than %d bytes.".formatted(LARGEST_BODY));
    }
    String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
    try {
      return Parameters.parse(query + "&" + new String(body, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new Fault("MalformedQueryString", 400, "The request is no form: an escape is wrong.");
    }
  }

  private Identity caller(HttpExchange exchange) throws Fault {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null) {
      throw new Fault("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
    }
    try {
      return access.caller(header);
    } catch (Unauthenticated e) {
      String code =
          switch (e.reason()) {
            case UNKNOWN -> "InvalidClientTokenId";
            case EXPIRED -> "ExpiredToken";
          };
      throw new Fault(code, 403, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> shown(Identity caller) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("Arn", caller.arn());
    result.put("UserId", caller.userId());
    result.put("Account", caller.account());
    return result;
  }

  private static Answer error(Fault fault, UUID requestId) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("Type", fault.status() < 500 ? "Sender" : "Receiver");
    error.put("Code", fault.code());
    error.put("Message", fault.getMessage());
    return xml(fault.status(), "ErrorResponse", ordered("Error", error, "RequestId", requestId));
  }

  private static Map<String, Object> ordered(
      String first, Object one, String second, Object other) {
    Map<String, Object> both = new LinkedHashMap<>();
    both.put(first, one);
    both.put(second, other);
    return both;
  }

  private static Answer xml(int status, String root, Map<String, Object> content) {
    return new Answer(status, "text/xml", Xml.document(root, content));
  }
}
