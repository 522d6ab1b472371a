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
import org.jspecify.annotations.Nullable;

/** A function of the template, on the template's schedule, by the sandbox's clock. */
final class RunningFunction implements AutoCloseable {

  private final Blueprint blueprint;
  private final ScheduledFunction function;
  private final FunctionRuntime runtime;
  private final PrintWriter log;
  private final Console console;
  private volatile @Nullable Schedule schedule;

  RunningFunction(
      ScheduledFunction function,
      Blueprint blueprint,
      TemplateAccess access,
      URI service,
      Path work,
      Console console) {
    this.function = function;
    this.blueprint = blueprint;
    this.console = console;
    Credentials role = access.issue(function.roleLogicalId(), function.name());
    try {
      log = new PrintWriter(Files.newBufferedWriter(logOf(function, work)), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    runtime =
        new FunctionRuntime(
            FunctionSettings.of(
                blueprint,
                function.function(),
                role,
                service,
                FunctionSettings.runtimeClientOfSandbox(),
                work.resolve("functions").resolve(function.name())),
            this::line);
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
      runtime.close();
      log.close();
    }
  }

  private void invoke(SandboxClock clock) {
    try {
      InvocationResult result = runtime.invoke(ScheduledEvent.at(Instant.now(), blueprint));
      if (result instanceof InvocationResult.Failure failure) {
        console.remark(function.name() + " failed: " + failure.type() + ": " + failure.message());
      }
      if (clock.isFast()) {
        // What it remembers of times would be wrong: its own clock is not ours.
        runtime.reclaim();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void line(String text) {
    log.println(text);
    console.function(function.name(), text);
  }
}
