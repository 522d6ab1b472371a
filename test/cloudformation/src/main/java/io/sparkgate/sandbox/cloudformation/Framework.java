package io.sparkgate.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.lambda.InvocationResult;
import io.sparkgate.sandbox.lambda.InvocationResult.Failure;
import io.sparkgate.sandbox.lambda.InvocationResult.Response;
import java.time.Duration;
import java.util.Optional;

/**
 * The CDK's custom resource provider framework, played: what its functions onEvent, isComplete and
 * onTimeout and its waiting state machine do in aws-cdk-lib 2.263.0 (provider-framework/runtime,
 * framework.js and cfn-response.js), said in Java. It is not run: it needs Node.js, Lambda and Step
 * Functions.
 *
 * @param onEvent the user's function
 * @param isComplete the user's function, where the provider has one
 * @param queryInterval between two calls of isComplete
 * @param totalTimeout after which the state machine gives up
 */
record Framework(
    User onEvent, Optional<User> isComplete, Duration queryInterval, Duration totalTimeout) {

  static final String CREATE_FAILED = "AWSCDK::CustomResourceProviderFramework::CREATE_FAILED";
  static final String MISSING = "AWSCDK::CustomResourceProviderFramework::MISSING_PHYSICAL_ID";

  /** A function of the user. */
  interface User {
    String arn();

    InvocationResult invoke(JsonNode event) throws InterruptedException;
  }

  /** What is put to the response URL. */
  record Answer(boolean success, String reason, String physicalId, JsonNode data) {}

  /** Answers a request of CloudFormation. */
  Answer answer(ObjectNode request) throws InterruptedException {
    if (isDeleteAfterFailedCreate(request)) {
      return submit(true, request, "SUCCESS");
    }
    ObjectNode event;
    try {
      JsonNode result = invoke(onEvent, request);
      event = merge(request, result);
      if (isComplete.isEmpty()) {
        return submit(true, event, "SUCCESS");
      }
    } catch (Thrown e) {
      return failed(request, e, "onEvent");
    }
    return waitUntilComplete(isComplete.get(), event);
  }

  /** The state machine gives the same event to each attempt. */
  private Answer waitUntilComplete(User function, ObjectNode event) throws InterruptedException {
    long began = System.nanoTime();
    while (true) {
      try {
        JsonNode result = invoke(function, event);
        if (result.isNull()) {
          throw new Thrown("TypeError: Cannot read properties of null (reading 'IsComplete')");
        }
        if (truthy(result.path("IsComplete"))) {
          ObjectNode response = event.deepCopy();
          result.properties().forEach(member -> response.set(member.getKey(), member.getValue()));
          ObjectNode data = JsonNodeFactory.instance.objectNode();
          event.path("Data").properties().forEach(one -> data.set(one.getKey(), one.getValue()));
          result.path("Data").properties().forEach(one -> data.set(one.getKey(), one.getValue()));
          return submit(true, response.set("Data", data), "SUCCESS");
        }
        if (!result.path("Data").isEmpty()) {
          throw new Thrown("Error: \"Data\" is not allowed if \"IsComplete\" is \"False\"");
        }
      } catch (Thrown e) {
        return failed(event, e, "isComplete");
      }
      if (Duration.ofNanos(System.nanoTime() - began).compareTo(totalTimeout) >= 0) {
        return submit(false, event, "Operation timed out");
      }
      Thread.sleep(queryInterval.toMillis());
    }
  }

  private static JsonNode invoke(User function, ObjectNode event)
      throws Thrown, InterruptedException {
    InvocationResult result = function.invoke(event);
    if (result instanceof Failure failure) {
      String message = failure.message().isEmpty() ? "error" : failure.message();
      String[] arn = function.arn().split(":");
      throw new Thrown(
          "Error: %s\n\nLogs: /aws/lambda/%s\n".formatted(message, arn[arn.length - 1]));
    }
    JsonNode body = ((Response) result).body();
    if (body.isTextual()) {
      throw new Thrown(
          "Error: return values from user-handlers must be JSON objects. got: \"%s\""
              .formatted(body.asText()));
    }
    return body;
  }

  private static ObjectNode merge(ObjectNode request, JsonNode result) throws Thrown {
    ObjectNode event = request.deepCopy();
    result.properties().forEach(member -> event.set(member.getKey(), member.getValue()));
    String given = result.path("PhysicalResourceId").asText();
    boolean create = request.path("RequestType").asText().equals("Create");
    String current = request.path("PhysicalResourceId").asText();
    String byDefault = create ? request.path("RequestId").asText() : current;
    String id = given.isEmpty() ? byDefault : given;
    if (request.path("RequestType").asText().equals("Delete") && !id.equals(current)) {
      throw new Thrown(
          "Error: DELETE: cannot change the physical resource ID from \"%s\" to \"%s\" during deletion"
              .formatted(current, given));
    }
    return event.put("PhysicalResourceId", id);
  }

  private static Answer failed(ObjectNode event, Thrown thrown, String handler) {
    ObjectNode failed = event.deepCopy();
    if (event.path("PhysicalResourceId").asText().isEmpty()
        && event.path("RequestType").asText().equals("Create")) {
      failed.put("PhysicalResourceId", CREATE_FAILED);
    }
    // The reason is the JavaScript error's stack, of which the first line is enough here.
    return submit(
        false,
        failed,
        "%s\n    at async %s (/var/task/framework.js)".formatted(thrown.getMessage(), handler));
  }

  private static Answer submit(boolean success, JsonNode event, String reason) {
    String id = event.path("PhysicalResourceId").asText();
    return new Answer(success, reason, id.isEmpty() ? MISSING : id, event.path("Data"));
  }

  private static boolean isDeleteAfterFailedCreate(JsonNode event) {
    return event.path("RequestType").asText().equals("Delete")
        && event.path("PhysicalResourceId").asText().equals(CREATE_FAILED);
  }

  /** As JavaScript sees it. */
  private static boolean truthy(JsonNode value) {
    return value.isTextual() ? !value.asText().isEmpty() : value.asBoolean();
  }

  /** A JavaScript error. */
  private static final class Thrown extends Exception {
    private static final long serialVersionUID = 1L;

    Thrown(String stack) {
      super(stack);
    }
  }
}
