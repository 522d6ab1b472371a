package io.sparkgate.sandbox.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.lambda.InvocationResult.Failure;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Runs a function as Lambda does with a reserved concurrency of 1: one JVM, which serves event
 * after event and is replaced when it has died, timed out or could not start.
 *
 * <p>The JVM is started by the first event and ends with the sandbox, however that ends.
 */
public final class FunctionRuntime implements AutoCloseable {

  private final FunctionSettings settings;
  private final Consumer<String> lines;
  private final ReentrantLock oneAtATime = new ReentrantLock(true);
  private volatile Optional<FunctionProcess> running = Optional.empty();
  private volatile boolean closed;

  /**
   * A runtime that has not started yet.
   *
   * @param lines hears each line that the function prints, from a thread of its own
   */
  public FunctionRuntime(FunctionSettings settings, Consumer<String> lines) {
    this.settings = settings;
    this.lines = lines;
  }

  /** Runs the function with an event, after those that wait already. */
  public InvocationResult invoke(JsonNode event) throws InterruptedException {
    oneAtATime.lockInterruptibly();
    try {
      Optional<InvocationResult> result = process().invoke(event);
      return result.isPresent() ? result.get() : process().invoke(event).orElseThrow();
    } catch (InterruptedException e) {
      // Nobody hears its answer any more, and the next event must not queue behind it.
      running.ifPresent(FunctionProcess::close);
      throw e;
    } catch (IOException e) {
      return new Failure("Sandbox.NotStarted", String.valueOf(e.getMessage()));
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Takes the JVM back, as Lambda may between events: the next event starts a new one. */
  public void reclaim() throws InterruptedException {
    oneAtATime.lockInterruptibly();
    try {
      running.ifPresent(FunctionProcess::close);
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Kills the function; an invocation under way fails. No process is left when this returns. */
  @Override
  public void close() {
    closed = true;
    running.ifPresent(FunctionProcess::close);
    // One that was just being started is closed by who starts it, and that is awaited here.
    oneAtATime.lock();
    try {
      running.ifPresent(FunctionProcess::close);
    } finally {
      oneAtATime.unlock();
    }
  }

  private FunctionProcess process() throws IOException {
    Optional<FunctionProcess> current = running;
    if (current.isPresent() && current.get().isAlive()) {
      return current.get();
    }
    current.ifPresent(FunctionProcess::close);
    if (closed) {
      throw new IOException("the sandbox is ending");
    }
    FunctionProcess started = FunctionProcess.start(settings, lines);
    running = Optional.of(started);
    if (closed) {
      started.close();
    }
    return started;
  }
}
