package io.sparkgate.sandbox.cloudformation;

import com.sun.net.httpserver.HttpExchange;
import io.sparkgate.sandbox.http.LoopbackServer;
import io.sparkgate.sandbox.iam.AccessControl;
import io.sparkgate.sandbox.iam.Action;
import io.sparkgate.sandbox.iam.Identity;
import io.sparkgate.sandbox.iam.SigV4;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** CloudFormation's Query API, version 2010-05-15, as far as two of its operations. */
final class CloudFormationFront implements AutoCloseable {

  private static final String NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

  private static final List<String> OPERATIONS = List.of("DescribeStackResource", "DescribeStacks");

  private final Stack stack;
  private final AccessControl access;
  private final LoopbackServer server;

  CloudFormationFront(Stack stack, AccessControl access) throws IOException {
    this.stack = stack;
    this.access = access;
    server = LoopbackServer.start("cloudformation", 0, "/", this::handle);
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.address().getPort());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      String answer;
      try {
        answer = answer(exchange);
      } catch (Refusal e) {
        status = e.status;
        answer =
            "<ErrorResponse xmlns=\"%s\"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>"
                .formatted(
                    NAMESPACE, e.code, escape(String.valueOf(e.getMessage())), UUID.randomUUID());
      }
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private String answer(HttpExchange exchange) throws IOException, Refusal {
    Map<String, String> form =
        form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    String header =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "");
    Identity caller =
        access
            .identify(SigV4.accessKeyId(header))
            .orElseThrow(
                () ->
                    new Refusal(
                        403,
                        "InvalidClientTokenId",
                        "The security token included in the request is invalid."));
    String operation = form.getOrDefault("Action", "");
    if (!OPERATIONS.contains(operation)) {
      throw new Refusal(
          400,
          "InvalidAction",
          "The sandbox has no operation '%s' of CloudFormation, only %s."
              .formatted(operation, String.join(" and ", OPERATIONS)));
    }
    String asked = form.getOrDefault("StackName", "");
    String arn = asked.startsWith("arn:") ? asked : isThisStack(asked) ? stack.id() : "*";
    Action action = Action.on("cloudformation:" + operation, arn, Map.of());
    String denial = access.denial(caller, action).orElse("");
    if (!denial.isEmpty()) {
      throw new Refusal(403, "AccessDenied", denial);
    }
    if (!isThisStack(asked) || stack.status() == Status.DELETE_COMPLETE) {
      throw invalid("Stack '%s' does not exist".formatted(asked));
    }
    return operation.equals("DescribeStacks")
        ? describe()
        : describe(form.getOrDefault("LogicalResourceId", ""));
  }

  private String describe() {
    StringBuilder detail = new StringBuilder("<Stacks><member>");
    element(detail, "StackName", stack.name());
    element(detail, "StackId", stack.id());
    element(detail, "CreationTime", stack.events().get(0).time().toString());
    element(detail, "LastUpdatedTime", stack.updated().map(Instant::toString).orElse(""));
    element(detail, "StackStatus", stack.status().name());
    return answer("DescribeStacks", detail.append("</member></Stacks>"));
  }

  private boolean isThisStack(String nameOrId) {
    return !stack.id().isEmpty() && (nameOrId.equals(stack.name()) || nameOrId.equals(stack.id()));
  }

  private String describe(String logicalId) throws Refusal {
    Resource resource =
        stack
            .find(logicalId)
            .orElseThrow(
                () ->
                    invalid(
                        "Resource %s does not exist for stack %s"
                            .formatted(logicalId, stack.name())));
    StringBuilder detail = new StringBuilder("<StackResourceDetail>");
    element(detail, "StackName", stack.name());
    element(detail, "StackId", stack.id());
    element(detail, "LogicalResourceId", logicalId);
    element(detail, "PhysicalResourceId", resource.physicalId());
    element(detail, "ResourceType", resource.type());
    element(detail, "LastUpdatedTimestamp", resource.updated().toString());
    element(detail, "ResourceStatus", resource.status().name());
    element(detail, "ResourceStatusReason", resource.reason());
    return answer("DescribeStackResource", detail.append("</StackResourceDetail>"));
  }

  private static String answer(String operation, CharSequence result) {
    return "<%1$sResponse xmlns=\"%2$s\"><%1$sResult>%3$s</%1$sResult><ResponseMetadata><RequestId>%4$s</RequestId></ResponseMetadata></%1$sResponse>"
        .formatted(operation, NAMESPACE, result, UUID.randomUUID());
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new HashMap<>();
    for (String pair : body.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static void element(StringBuilder xml, String name, String value) {
    if (!value.isEmpty()) {
      xml.append('<').append(name).append('>').append(escape(value));
      xml.append("</").append(name).append('>');
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static Refusal invalid(String message) {
    return new Refusal(400, "ValidationError", message);
  }

  @Override
  public void close() {
    server.close();
  }

  /** An error answer. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refusal(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }
}
