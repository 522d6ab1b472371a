package io.sparkgate.sandbox;

import io.sparkgate.sandbox.access.Credentials;
import io.sparkgate.sandbox.access.TemplateAccess;
import io.sparkgate.sandbox.control.SandboxClock;
import io.sparkgate.sandbox.function.FunctionRuntime;
import io.sparkgate.sandbox.function.FunctionSettings;
import io.sparkgate.sandbox.function.InvocationResult;
import io.sparkgate.sandbox.function.Schedule;
import io.sparkgate.sandbox.function.ScheduledEvent;
import io.sparkgate.sandbox.template.Blueprint;
import io.sparkgate.sandbox.template.Blueprint.ScheduledFunction;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The template's function, on the template's schedule, by the sandbox's clock. */
final class ScheduledReaper implements AutoCloseable {

  private final Blueprint blueprint;
  private final ScheduledFunction function;
  private final FunctionRuntime runtime;
  private final PrintWriter log;
  private final Console console;
  private volatile @Nullable Schedule schedule;

  ScheduledReaper(
      Blueprint blueprint, TemplateAccess access, URI service, Path work, Console console) {
    this.blueprint = blueprint;
    this.console = console;
    function = blueprint.function().orElseThrow();
    Credentials role = access.issue(function.roleLogicalId(), "reaper");
    try {
      log = new PrintWriter(Files.newBufferedWriter(work.resolve("reaper.log")), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    runtime =
        new FunctionRuntime(
            FunctionSettings.of(
                blueprint, role, service, FunctionSettings.runtimeClientOfSandbox(), work),
            this::line);
  }

  void start(SandboxClock clock) {
    schedule =
        Schedule.start(
            clock.real(function.every()),
            () -> invoke(clock),
            () -> console.remark("a sweep is late"));
  }

  @Override
  public void close() {
    if (schedule != null) {
      schedule.close();
    }
    runtime.close();
    log.close();
  }

  private void invoke(SandboxClock clock) {
    try {
      InvocationResult result = runtime.invoke(ScheduledEvent.at(Instant.now(), blueprint));
      if (result instanceof InvocationResult.Failure failure) {
        console.remark("reaper failed: " + failure.type() + ": " + failure.message());
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
    console.function(text);
  }
}
