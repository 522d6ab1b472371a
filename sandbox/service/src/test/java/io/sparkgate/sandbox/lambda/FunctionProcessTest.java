package io.sparkgate.sandbox.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sparkgate.sandbox.lambda.InvocationResult.Failure;
import io.sparkgate.sandbox.lambda.InvocationResult.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a function sees and answers, through AWS's runtime interface client. */
class FunctionProcessTest {

  @TempDir Path directory;

  final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /** Overridden to run the same through the sandbox's own loop. */
  FunctionProcess start(FunctionSettings settings) throws IOException {
    return FunctionProcess.start(settings, lines::add);
  }

  @Test
  void answersEventAfterEventInOneProcess() throws Exception {
    try (FunctionProcess function = start(Probe.settings(directory))) {
      JsonNode pid = body(invoke(function, "pid"));
      assertThat(body(invoke(function, "grüße")).asText()).isEqualTo("grüße");
      assertThat(body(invoke(function, "pid"))).isEqualTo(pid);
    }
  }

  @Test
  void tellsWhatItPrints() throws Exception {
    try (FunctionProcess function = start(Probe.settings(directory))) {
      assertThat(body(invoke(function, "print")).isNull()).isTrue();

      assertThat(line()).isEqualTo("first");
      assertThat(line()).isEqualTo("second");
      assertThat(line()).isEqualTo("third");
    }
  }

  @Test
  void anErrorIsAnAnswerAndNotTheEnd() throws Exception {
    try (FunctionProcess function = start(Probe.settings(directory))) {
      assertThat(invoke(function, "fail"))
          .isEqualTo(new Failure("java.lang.IllegalArgumentException", "said \"no\""));
      assertThat(body(invoke(function, "still there")).asText()).isEqualTo("still there");
    }
  }

  @Test
  void hasLambdasEnvironmentAndNotTheSandboxes() throws Exception {
    FunctionSettings settings = Probe.settings(directory);
    try (FunctionProcess function = start(settings)) {
      JsonNode environment = body(invoke(function, "environment"));

      assertThat(environment.path("GREETING").asText()).isEqualTo("hello");
      assertThat(environment.path("AWS_REGION").asText()).isEqualTo("eu-west-1");
      assertThat(environment.path("AWS_ACCESS_KEY_ID").asText()).isEqualTo("AKIAFUNCTION");
      assertThat(environment.path("AWS_SECRET_ACCESS_KEY").asText()).isEqualTo("secret");
      assertThat(environment.path("AWS_ENDPOINT_URL_EMR_SERVERLESS").asText())
          .isEqualTo("http://127.0.0.1:4466");
      assertThat(environment.path("AWS_LAMBDA_FUNCTION_NAME").asText()).isEqualTo("stack-Probe");
      assertThat(environment.path("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").asText()).isEqualTo("128");
      assertThat(environment.path("AWS_LAMBDA_FUNCTION_VERSION").asText()).isEqualTo("$LATEST");
      assertThat(environment.path("AWS_LAMBDA_LOG_GROUP_NAME").asText())
          .isEqualTo("/aws/lambda/stack-Probe");
      assertThat(environment.path("_HANDLER").asText()).isEqualTo("Probe");
      assertThat(environment.path("LAMBDA_TASK_ROOT").asText())
          .isEqualTo(directory.resolve("work/task").toString());
      // The build gives it to every test.
      assertThat(System.getenv("JSII_NODE")).isNotNull();
      assertThat(environment.has("JSII_NODE")).isFalse();
    }
  }

  @Test
  void hasLambdasContextAndMemory() throws Exception {
    FunctionSettings settings = Probe.settings(directory);
    try (FunctionProcess function = start(settings)) {
      JsonNode context = body(invoke(function, "context"));
      assertThat(context.get(0).asText()).isEqualTo("stack-Probe");
      assertThat(context.get(1).asText()).isEqualTo(settings.arn());
      assertThat(context.get(2).asInt()).isEqualTo(128);
      assertThat(context.get(3).asText()).hasSize(36);
      assertThat(body(invoke(function, "remaining")).asLong())
          .isBetween(1L, settings.function().timeout().toMillis());
      assertThat(body(invoke(function, "heap")).asLong()).isLessThan(128L << 20);
    }
  }

  @Test
  void reportsAHandlerThatCannotBeMade() throws Exception {
    FunctionSettings settings =
        Probe.settings(directory, "Probe", Duration.ofSeconds(60), Map.of("FAIL_INIT", "1"));
    try (FunctionProcess function = start(settings)) {
      assertThat(invoke(function, "x"))
          .isEqualTo(new Failure("java.lang.IllegalStateException", "not today"));
      assertThat(function.isAlive()).isFalse();
    }
  }

  @Test
  void reportsAHandlerThatIsNotThere() throws Exception {
    FunctionSettings settings =
        Probe.settings(directory, "Nowhere", Duration.ofSeconds(60), Map.of());
    try (FunctionProcess function = start(settings)) {
      assertThat(invoke(function, "x"))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.type()).endsWith("ClassNotFoundException");
                assertThat(failure.message()).contains("Nowhere");
              });
    }
  }

  private static InvocationResult invoke(FunctionProcess function, String event)
      throws InterruptedException {
    return function.invoke(TextNode.valueOf(event)).orElseThrow();
  }

  private static JsonNode body(InvocationResult result) {
    assertThat(result).isInstanceOf(Response.class);
    return ((Response) result).body();
  }

  private String line() throws InterruptedException {
    return Optional.ofNullable(lines.poll(60, TimeUnit.SECONDS)).orElse("no line");
  }
}
