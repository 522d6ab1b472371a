package io.sparkgate.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.lambda.InvocationResult;
import io.sparkgate.sandbox.lambda.InvocationResult.Failure;
import io.sparkgate.sandbox.lambda.InvocationResult.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The CDK's custom resource provider framework: its own code on Node, and a state machine that
 * waits as its own does.
 *
 * @param code the asset of the framework's functions
 * @param onEvent the user's function
 * @param isComplete the user's function, where the provider has one
 * @param queryInterval between two calls of isComplete
 * @param totalTimeout after which the state machine gives up
 */
record Framework(
    Path code,
    User onEvent,
    Optional<User> isComplete,
    Duration queryInterval,
    Duration totalTimeout) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A function of the user. */
  interface User {
    String arn();

    InvocationResult invoke(JsonNode event) throws InterruptedException;
  }

  /** What is put to the response URL. */
  record Answer(boolean success, String reason, String physicalId, JsonNode data) {}

  /** Answers a request of CloudFormation. */
  Answer answer(ObjectNode request) throws InterruptedException {
    JsonNode sent = run("onEvent", request, onEvent);
    if (sent.has("waiter")) {
      // The state machine gives the same event to each attempt.
      JsonNode event = sent.get("waiter");
      User function = isComplete.orElseThrow();
      long began = System.nanoTime();
      sent = run("isComplete", event, function);
      while (sent.has("retry") && System.nanoTime() - began < totalTimeout.toNanos()) {
        Thread.sleep(queryInterval.toMillis());
        sent = run("isComplete", event, function);
      }
      if (sent.has("retry")) {
        ObjectNode timeout = JsonNodeFactory.instance.objectNode().put("Cause", sent.toString());
        sent = run("onTimeout", timeout, function);
      }
    }
    JsonNode response = sent.get("response");
    return new Answer(
        response.path("Status").asText().equals("SUCCESS"),
        response.path("Reason").asText(),
        response.path("PhysicalResourceId").asText(),
        response.path("Data"));
  }

  /** What the handler sends in the end. */
  private JsonNode run(String handler, JsonNode event, User function) throws InterruptedException {
    Process node = start(handler, event);
    try (BufferedReader output = node.inputReader(StandardCharsets.UTF_8);
        Writer input = node.outputWriter(StandardCharsets.UTF_8)) {
      JsonNode sent = JSON.readTree(output.readLine());
      if (sent.has("invoke")) {
        input.write(invocation(function.invoke(sent.get("invoke"))) + "\n");
        input.flush();
        sent = JSON.readTree(output.readLine());
      }
      return sent;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      node.destroy();
    }
  }

  private Process start(String handler, JsonNode event) {
    try (InputStream script = Framework.class.getResourceAsStream("provider-framework.js")) {
      ProcessBuilder node =
          new ProcessBuilder(
              System.getenv().getOrDefault("JSII_NODE", "node"),
              "-e",
              new String(script.readAllBytes(), StandardCharsets.UTF_8),
              code.toString(),
              handler,
              event.toString());
      node.environment().put("USER_ON_EVENT_FUNCTION_ARN", onEvent.arn());
      isComplete.ifPresent(
          user -> node.environment().put("USER_IS_COMPLETE_FUNCTION_ARN", user.arn()));
      node.environment().put("WAITER_STATE_MACHINE_ARN", "arn:aws:states:::stateMachine:waiter");
      return node.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As Lambda answers an Invoke. */
  private static JsonNode invocation(InvocationResult result) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (result instanceof Failure failure) {
      JsonNode error = JsonNodeFactory.instance.objectNode().put("errorMessage", failure.message());
      return answer.put("FunctionError", "Unhandled").put("Payload", error.toString());
    }
    JsonNode body = ((Response) result).body();
    return answer.put("Payload", body.isTextual() ? body.asText() : body.toString());
  }
}
