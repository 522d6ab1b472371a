package io.sparkgate.sandbox.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.json11.Fault;
import io.sparkgate.sandbox.json11.Json11Front;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Secrets Manager over HTTP: GetSecretValue. Who may not read a secret learns nothing of it. */
public final class SecretsFront implements HttpHandler {

  /** The name that requests to it are signed for. */
  public static final String SERVICE = "secretsmanager";

  private final AccessControl access;
  private final Map<String, String> secrets;
  private final Json11Front front;

  /**
   * The service.
   *
   * @param secrets the values by the ARNs
   */
  public SecretsFront(AccessControl access, Map<String, String> secrets) {
    this.access = access;
    this.secrets = Map.copyOf(secrets);
    this.front = new Json11Front(access, "secretsmanager.", this::call);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    front.handle(exchange);
  }

  private JsonNode call(String operation, Identity caller, JsonNode input) throws Fault {
    if (!operation.equals("GetSecretValue")) {
      throw Fault.of(
          "UnknownOperationException",
          "The sandbox's Secrets Manager has no operation %s; it plays GetSecretValue."
              .formatted(operation));
    }
    String id = input.path("SecretId").asText();
    // A name stands for the ARN, which ends with six characters more.
    String arn =
        secrets.keySet().stream()
            .filter(one -> one.equals(id) || name(one).equals(id))
            .findFirst()
            .orElse(id);
    Optional<String> denial =
        access.denial(caller, Action.on("secretsmanager:GetSecretValue", arn, Map.of()));
    if (denial.isPresent()) {
      throw Fault.of("AccessDeniedException", denial.get());
    }
    String value = secrets.get(arn);
    if (value == null) {
      throw Fault.of(
          "ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("ARN", arn)
        .put("Name", name(arn))
        .put("SecretString", value);
  }

  private static String name(String arn) {
    return arn.replaceFirst("^.*:secret:", "").replaceFirst("-[^-]{6}$", "");
  }
}
