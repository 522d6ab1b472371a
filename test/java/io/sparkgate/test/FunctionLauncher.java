package io.sparkgate.test;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.function.stub.StubContext;
import java.io.ByteArrayOutputStream;
import java.time.Duration;

/**
 * Invokes a function once in a process of its own, as Lambda's runtime would, with the
 * environment's variables and nothing but the function's jar behind it.
 */
public final class FunctionLauncher {

  private FunctionLauncher() {}

  /**
   * Hands the event on standard input to the handler and prints what it answers.
   *
   * @param args the name of the handler's class, and the milliseconds that are left to it
   */
  public static void main(String... args) throws Exception {
    RequestStreamHandler handler =
        (RequestStreamHandler) Class.forName(args[0]).getDeclaredConstructor().newInstance();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(
        System.in, answer, StubContext.until(Duration.ofMillis(Long.parseLong(args[1]))));
    System.out.println(answer);
  }
}
