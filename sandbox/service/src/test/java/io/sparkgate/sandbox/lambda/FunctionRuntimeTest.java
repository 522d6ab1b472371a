package io.sparkgate.sandbox.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.sparkgate.sandbox.lambda.InvocationResult.Failure;
import io.sparkgate.sandbox.lambda.InvocationResult.Response;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a function's process lives. */
class FunctionRuntimeTest {

  @TempDir Path directory;

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Test
  void replacesAProcessThatExited() throws Exception {
    try (FunctionRuntime runtime = new FunctionRuntime(Probe.settings(directory), lines::add)) {
      String first = answer(runtime, "pid");
      assertThat(invoke(runtime, "exit"))
          .isEqualTo(new Failure("Runtime.ExitError", "Runtime exited with error: exit status 3"));
      assertThat(answer(runtime, "pid")).isNotEqualTo(first);
    }
  }

  @Test
  void replacesAProcessThatWasKilledBetweenEvents() throws Exception {
    try (FunctionRuntime runtime = new FunctionRuntime(Probe.settings(directory), lines::add)) {
      String first = answer(runtime, "pid");
      ProcessHandle process = ProcessHandle.of(Long.parseLong(first)).orElseThrow();
      process.destroyForcibly();
      process.onExit().join();
      assertThat(answer(runtime, "pid")).isNotEqualTo(first);
    }
  }

  @Test
  void startsANewProcessAfterItTookTheOldOneBack() throws Exception {
    try (FunctionRuntime runtime = new FunctionRuntime(Probe.settings(directory), lines::add)) {
      runtime.reclaim();
      ProcessHandle first = ProcessHandle.of(Long.parseLong(answer(runtime, "pid"))).orElseThrow();
      runtime.reclaim();
      assertThat(first.isAlive()).isFalse();
      assertThat(answer(runtime, "again")).isEqualTo("again");
    }
  }

  @Test
  void killsAndReplacesAProcessThatTakesTooLong() throws Exception {
    FunctionSettings settings = Probe.settings(directory, "Probe", Duration.ofSeconds(2), Map.of());
    try (FunctionRuntime runtime = new FunctionRuntime(settings, lines::add)) {
      ProcessHandle first = ProcessHandle.of(Long.parseLong(answer(runtime, "pid"))).orElseThrow();
      assertThat(invoke(runtime, "hang"))
          .isEqualTo(new Failure("Sandbox.Timedout", "Task timed out after 2.00 seconds"));
      assertThat(lines.poll(60, TimeUnit.SECONDS)).isEqualTo("hanging");
      assertThat(first.isAlive()).isFalse();
      assertThat(answer(runtime, "again")).isEqualTo("again");
    }
  }

  @Test
  void triesAgainAfterAnInitError() throws Exception {
    FunctionSettings settings =
        Probe.settings(directory, "Nowhere", Duration.ofSeconds(60), Map.of());
    try (FunctionRuntime runtime = new FunctionRuntime(settings, lines::add)) {
      assertThat(invoke(runtime, "x")).isInstanceOf(Failure.class);
      assertThat(invoke(runtime, "x")).isInstanceOf(Failure.class);
    }
  }

  @Test
  void saysThatTheRuntimeClientIsMissing() throws Exception {
    FunctionSettings whole = Probe.settings(directory);
    FunctionSettings settings =
        new FunctionSettings(
            whole.function(),
            whole.name(),
            whole.arn(),
            whole.region(),
            whole.credentials(),
            whole.emrServerless(),
            whole.endpoints(),
            directory.resolve("nowhere"),
            whole.workDirectory());
    if (System.getProperty("os.name").equals("Linux")) {
      try (FunctionRuntime runtime = new FunctionRuntime(settings, lines::add)) {
        assertThat(invoke(runtime, "x"))
            .isEqualTo(
                new Failure(
                    "Sandbox.NotStarted",
                    directory.resolve("nowhere")
                        + " has no utils-lite-*.jar; build the"
                        + " sandbox with './mvnw -pl sandbox/service package'"));
      }
    }
  }

  @Test
  void closingEndsAnInvocation() throws Exception {
    FunctionRuntime runtime = new FunctionRuntime(Probe.settings(directory), lines::add);
    CompletableFuture<InvocationResult> hanging =
        CompletableFuture.supplyAsync(() -> uninterrupted(runtime, "hang"));
    assertThat(lines.poll(60, TimeUnit.SECONDS)).isEqualTo("hanging");

    runtime.close();

    assertThat(hanging.get(60, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.type()).isEqualTo("Runtime.ExitError"));
    assertThat(invoke(runtime, "x"))
        .isEqualTo(new Failure("Sandbox.NotStarted", "the sandbox is ending"));
  }

  @Test
  void theProcessDoesNotOutliveASandboxThatIsKilled() throws Exception {
    Process sandbox =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledSandbox.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = sandbox.inputReader(StandardCharsets.UTF_8)) {
      ProcessHandle function = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
      assertThat(function.isAlive()).isTrue();

      sandbox.destroyForcibly();

      function.onExit().get(60, TimeUnit.SECONDS);
    } finally {
      sandbox.destroyForcibly().waitFor();
    }
  }

  private static String answer(FunctionRuntime runtime, String event) throws Exception {
    InvocationResult result = invoke(runtime, event);
    assertThat(result).isInstanceOf(Response.class);
    return ((Response) result).body().asText();
  }

  private static InvocationResult invoke(FunctionRuntime runtime, String event)
      throws InterruptedException {
    return runtime.invoke(TextNode.valueOf(event));
  }

  private static InvocationResult uninterrupted(FunctionRuntime runtime, String event) {
    try {
      return invoke(runtime, event);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
