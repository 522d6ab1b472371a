package io.sparkgate.benchmark.sweep.client;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.jr.ob.JSON;
import io.sparkgate.function.reaper.sweep.ReaperHandler;
import io.sparkgate.function.stub.StubContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** The function, made and invoked once as Lambda would. Prints its records. */
public final class FunctionClient {

  /** The most that Lambda gives. */
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  private FunctionClient() {}

  public static void main(String... args) throws IOException {
    // Lambda makes it in the same way; it primes itself.
    RequestStreamHandler handler = new ReaperHandler();
    Turn.take(() -> invoke(handler));
  }

  private static Turn.Failed invoke(RequestStreamHandler handler) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      handler.handleRequest(InputStream.nullInputStream(), answer, StubContext.until(TIMEOUT));
    } catch (RuntimeException e) {
      // It tells so at the end that something failed; the figures are in the answer all the same.
      System.err.println(e.getMessage());
    }
    var metrics = JSON.std.mapFrom(answer.toByteArray());
    return new Turn.Failed(0, (Integer) metrics.get("Failed") + (Integer) metrics.get("Left"));
  }
}
