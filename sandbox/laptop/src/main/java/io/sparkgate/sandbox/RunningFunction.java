package io.sparkgate.sandbox;

import io.sparkgate.sandbox.emrserverless.SandboxClock;
import io.sparkgate.sandbox.iam.Credentials;
import io.sparkgate.sandbox.lambda.FunctionRuntime;
import io.sparkgate.sandbox.lambda.FunctionSettings;
import io.sparkgate.sandbox.lambda.InvocationResult;
import io.sparkgate.sandbox.lambda.Schedule;
import io.sparkgate.sandbox.lambda.ScheduledEvent;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.ScheduledFunction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A function of the template, on the template's schedule, by the sandbox's clock. */
final class RunningFunction implements AutoCloseable {

  /** Is told what functions do, by their logical ids. */
  interface Listener {
    void printed(String functionLogicalId, String line);

    void invoked(String functionLogicalId, Duration took, boolean failed);
  }

  private final Blueprint blueprint;
  private final ScheduledFunction function;
  private final Listener listener;
  private final Supplier<FunctionSettings> settings;
  private @Nullable FunctionRuntime runtime;
  private final PrintWriter log;
  private final Console console;
  private volatile @Nullable Schedule schedule;

  /**
   * One that has not run yet.
   *
   * @param role whose keys it has
   * @param endpoints of the services beside EMR Serverless, asked for by its first turn
   */
  RunningFunction(
      ScheduledFunction function,
      Blueprint blueprint,
      Credentials role,
      URI service,
      Supplier<Map<String, URI>> endpoints,
      Listener listener,
      Path work,
      Console console) {
    this.function = function;
    this.blueprint = blueprint;
    this.console = console;
    this.listener = listener;
    try {
      log = new PrintWriter(Files.newBufferedWriter(logOf(function, work)), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    settings =
        () ->
            FunctionSettings.of(
                blueprint,
                function.function(),
                role,
                service,
                endpoints.get(),
                FunctionSettings.runtimeClientOfSandbox(),
                work.resolve("functions").resolve(function.name()));
  }

  /** What the function prints goes there. */
  static Path logOf(ScheduledFunction function, Path work) {
    return work.resolve(function.name() + ".log");
  }

  /** Its JVM starts with the first turn, which is at once or after the schedule's interval. */
  void start(SandboxClock clock, boolean atOnce) {
    Duration every = clock.real(function.every());
    schedule =
        Schedule.start(
            atOnce ? Duration.ZERO : every,
            every,
            () -> invoke(clock),
            () -> console.remark(function.name() + " is late"));
  }

  @Override
  public void close() {
    try {
      if (schedule != null) {
        schedule.close();
      }
    } finally {
      if (runtime != null) {
        runtime.close();
      }
      log.close();
    }
  }

  private void invoke(SandboxClock clock) {
    try {
      Instant start = Instant.now();
      InvocationResult result = runtime().invoke(ScheduledEvent.at(start, blueprint));
      listener.invoked(
          function.function().logicalId(),
          Duration.between(start, Instant.now()),
          result instanceof InvocationResult.Failure);
      if (result instanceof InvocationResult.Failure failure) {
        console.remark(function.name() + " failed: " + failure.type() + ": " + failure.message());
      }
      if (clock.isFast()) {
        // What it remembers of times would be wrong: its own clock is not ours.
        runtime().reclaim();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Made by the first turn, which S3's second of starting does not hold up. */
  private synchronized FunctionRuntime runtime() {
    if (runtime == null) {
      runtime = new FunctionRuntime(settings.get(), this::line);
    }
    return runtime;
  }

  private void line(String text) {
    log.println(text);
    listener.printed(function.function().logicalId(), text);
    console.function(function.name(), text);
  }
}
