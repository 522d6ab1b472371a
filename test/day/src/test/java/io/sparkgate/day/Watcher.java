package io.sparkgate.day;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.function.stub.StubContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * One of the functions, as Lambda has it: made once, invoked by its schedule, now and then anew.
 */
final class Watcher {

  private final String name;
  private final Function<PrintStream, RequestStreamHandler> maker;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream log = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private RequestStreamHandler handler;

  /**
   * A function that was not invoked yet.
   *
   * @param name by which Lambda's metrics are found
   * @param maker of the handler, which prints there
   */
  Watcher(String name, Function<PrintStream, RequestStreamHandler> maker) {
    this.name = name;
    this.maker = maker;
    this.handler = maker.apply(log);
  }

  String name() {
    return name;
  }

  /** What was in memory is gone, as it is when Lambda takes another process. */
  void restart() {
    handler = maker.apply(log);
  }

  /**
   * What came of an invocation.
   *
   * @param lines that it printed
   */
  record Result(boolean failed, List<String> lines) {}

  Result invoke() {
    printed.reset();
    boolean failed = false;
    try {
      handler.handleRequest(
          new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)),
          new ByteArrayOutputStream(),
          StubContext.of(Duration.ofMinutes(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      failed = true;
    }
    return new Result(failed, printed.toString(StandardCharsets.UTF_8).lines().toList());
  }
}
