package io.sparkgate.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparkgate.sandbox.cloudformation.Deployment;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the lifecycle function takes for granted of the CDK's provider framework, run with the
 * framework's own code, as it is deployed.
 */
class ProviderFrameworkTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:Ours";
  private static final Map<String, String> VARIABLES =
      Map.of(
          "USER_ON_EVENT_FUNCTION_ARN", FUNCTION,
          "USER_IS_COMPLETE_FUNCTION_ARN", FUNCTION,
          "WAITER_STATE_MACHINE_ARN", "arn:aws:states:eu-west-1:111122223333:stateMachine:Ours");

  private static final Map<String, Object> UPDATE =
      Map.of(
          "RequestType", "Update",
          "RequestId", "b0c1",
          "StackId", "arn:aws:cloudformation:eu-west-1:111122223333:stack/Data/1",
          "LogicalResourceId", "BeforeUpdate",
          "PhysicalResourceId", "current",
          "ResponseURL", "https://example.com/answer");

  private static final Map<String, Object> WAITING =
      with(UPDATE, Map.of("StartedAt", "2026-11-21T08:00:00Z"));

  @TempDir static Path directory;
  static Path framework;

  @BeforeAll
  static void synthesize() {
    Synthesized synthesized = Synthesized.into(directory);
    framework =
        synthesized
            .files()
            .filter(file -> file.endsWith("framework.js"))
            .findFirst()
            .orElseThrow()
            .getParent();
  }

  @Test
  void carriesWhatTheFunctionSaidFirstThroughTheWait() {
    JsonNode sent =
        play(
            "onEvent",
            UPDATE,
            Map.of("PhysicalResourceId", "current", "StartedAt", "2026-11-21T08:00:00Z"));

    assertThat(sent.at("/waiter/StartedAt").asText()).isEqualTo("2026-11-21T08:00:00Z");
    assertThat(sent.at("/waiter/PhysicalResourceId").asText()).isEqualTo("current");
    assertThat(sent.has("response")).isFalse();
  }

  @Test
  void asksAgainUntilItIsComplete() {
    JsonNode sent = play("isComplete", WAITING, Map.of("IsComplete", false));

    assertThat(sent.at("/retry").asText()).isEqualTo("Retry");
    assertThat(sent.has("response")).isFalse();
  }

  @Test
  void keepsThePhysicalIdOfTheFirstAnswerToTheEnd() {
    JsonNode sent = play("isComplete", WAITING, Map.of("IsComplete", true));

    assertThat(sent.at("/response/Status").asText()).isEqualTo("SUCCESS");
    assertThat(sent.at("/response/PhysicalResourceId").asText()).isEqualTo("current");
  }

  @Test
  void keepsThePhysicalIdOfAFailureAndSaysWhy() {
    JsonNode sent = fail("isComplete", "Application 00abc is in use by 1 session");

    assertThat(sent.at("/response/Status").asText()).isEqualTo("FAILED");
    assertThat(sent.at("/response/PhysicalResourceId").asText()).isEqualTo("current");
    assertThat(sent.at("/response/Reason").asText())
        .startsWith("Error: Application 00abc is in use by 1 session\n");
  }

  private static JsonNode play(String handler, Object event, Object answer) {
    return run(handler, event, Map.of("Payload", write(answer)));
  }

  private static JsonNode fail(String handler, String message) {
    return run(
        handler,
        WAITING,
        Map.of("FunctionError", "Unhandled", "Payload", write(Map.of("errorMessage", message))));
  }

  private static JsonNode run(String handler, Object event, Object invocation) {
    try (InputStream script = Deployment.class.getResourceAsStream("provider-framework.js")) {
      ProcessBuilder builder =
          new ProcessBuilder(
              "../node_modules/node/bin/node",
              "-e",
              new String(script.readAllBytes(), StandardCharsets.UTF_8),
              framework.toString(),
              handler,
              write(event));
      builder.environment().putAll(VARIABLES);
      Process node = builder.redirectErrorStream(true).start();
      try (Writer input = node.outputWriter(StandardCharsets.UTF_8)) {
        input.write(write(invocation) + "\n");
      }
      String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(node.waitFor()).as(output).isZero();
      // It tells one thing a line: what it invokes, and what it sends in the end.
      ObjectNode sent = JSON.createObjectNode();
      for (String line : output.lines().toList()) {
        sent.setAll((ObjectNode) JSON.readTree(line));
      }
      return sent;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Object> with(Map<String, Object> base, Map<String, Object> more) {
    Map<String, Object> all = new HashMap<>(base);
    all.putAll(more);
    return all;
  }
}
