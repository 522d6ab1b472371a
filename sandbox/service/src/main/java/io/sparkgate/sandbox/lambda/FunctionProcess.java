package io.sparkgate.sandbox.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.lambda.InvocationResult.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** One execution environment: a JVM and the Runtime API that it asks for events. */
final class FunctionProcess implements AutoCloseable {

  /** Lambda gives 10 seconds; a laptop that starts Spark at the same time may need more. */
  private static final Duration INIT_LIMIT = Duration.ofSeconds(60);

  private static final Duration OUTPUT_LIMIT = Duration.ofSeconds(5);

  private final Duration timeout;
  private final RuntimeApi api;
  private final Process process;
  private final Thread output;

  /** Completes when no invocation can be answered any more. */
  private final CompletableFuture<InvocationResult> over;

  private boolean served;

  static FunctionProcess start(FunctionSettings settings, Consumer<String> lines)
      throws IOException {
    Path work = Files.createDirectories(settings.workDirectory());
    return start(settings, RuntimeClient.forThisMachine(settings.runtimeClient(), work), lines);
  }

  static FunctionProcess start(
      FunctionSettings settings, RuntimeClient client, Consumer<String> lines) throws IOException {
    RuntimeApi api = new RuntimeApi(settings.arn());
    try {
      Process process = FunctionJvm.of(settings, client, api.port()).start();
      return new FunctionProcess(settings.function().timeout(), api, process, lines);
    } catch (IOException e) {
      api.close();
      throw e;
    }
  }

  private FunctionProcess(
      Duration timeout, RuntimeApi api, Process process, Consumer<String> lines) {
    this.timeout = timeout;
    this.api = api;
    this.process = process;
    this.over =
        process
            .onExit()
            .<InvocationResult>thenApply(
                ended ->
                    new Failure(
                        "Runtime.ExitError",
                        "Runtime exited with error: exit status " + ended.exitValue()))
            // An init error is told just before the exit, and says more.
            .applyToEither(api.initFailure(), Function.identity())
            .thenApply(result -> api.initFailure().getNow(result));
    this.output = new Thread(() -> pump(process, lines), "function-output");
    output.setDaemon(true);
    output.start();
  }

  boolean isAlive() {
    return process.isAlive() && !over.isDone();
  }

  /**
   * Runs one event; one at a time.
   *
   * @return empty if the process, having served before, was gone before it took the event
   */
  Optional<InvocationResult> invoke(JsonNode event) throws InterruptedException {
    Invocation invocation =
        new Invocation(
            UUID.randomUUID().toString(),
            event.toString().getBytes(StandardCharsets.UTF_8),
            timeout);
    api.offer(invocation);
    if (!happens(CompletableFuture.anyOf(invocation.taken(), over), INIT_LIMIT)) {
      close();
      return Optional.of(timedOut("Init", INIT_LIMIT));
    }
    if (!invocation.taken().isDone()) {
      return served ? Optional.empty() : Optional.of(over.join());
    }
    served = true;
    if (!happens(CompletableFuture.anyOf(invocation.result(), over), timeout)) {
      close();
      return Optional.of(timedOut("Task", timeout));
    }
    return Optional.of(invocation.result().isDone() ? invocation.result().join() : over.join());
  }

  /** Kills the process and returns when it is gone and all that it printed is told. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
    api.close();
    try {
      // The pipe may outlive the process in the hands of one that the function started.
      output.join(OUTPUT_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean happens(CompletableFuture<Object> event, Duration limit)
      throws InterruptedException {
    try {
      event.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private static Failure timedOut(String what, Duration limit) {
    return new Failure(
        "Sandbox.Timedout",
        String.format(
            Locale.ROOT, "%s timed out after %.2f seconds", what, limit.toMillis() / 1000.0));
  }

  private static void pump(Process process, Consumer<String> lines) {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      output.lines().forEach(lines);
    } catch (IOException | UncheckedIOException e) {
      // The process was killed while its output was read.
    }
  }
}
