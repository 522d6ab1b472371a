package io.sparkgate.test;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;

/**
 * Invokes a function once in a process of its own, as Lambda's runtime would, with the
 * environment's variables and nothing but the function's jar behind it.
 */
public final class FunctionLauncher {

  private FunctionLauncher() {}

  /**
   * Invokes the handler and prints what it answers.
   *
   * @param args the name of the handler's class, and the milliseconds that are left to it
   */
  public static void main(String... args) throws Exception {
    RequestStreamHandler handler =
        (RequestStreamHandler) Class.forName(args[0]).getDeclaredConstructor().newInstance();
    long end = System.nanoTime() + Long.parseLong(args[1]) * 1_000_000;
    Context context =
        (Context)
            Proxy.newProxyInstance(
                FunctionLauncher.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, parameters) ->
                    switch (method.getName()) {
                      case "getRemainingTimeInMillis" ->
                          (int) ((end - System.nanoTime()) / 1_000_000);
                      case "getAwsRequestId" -> "request-1";
                      case "getFunctionName" -> System.getenv("AWS_LAMBDA_FUNCTION_NAME");
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    handler.handleRequest(InputStream.nullInputStream(), answer, context);
    System.out.println(answer);
  }
}
