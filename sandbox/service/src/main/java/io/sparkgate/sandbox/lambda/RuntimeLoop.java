package io.sparkgate.sandbox.lambda;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Stands in for AWS's runtime interface client where that has no native code: on macOS and Windows.
 * Plays handlers that are a RequestStreamHandler, and no others.
 *
 * <p>It runs in the function's JVM, where only the JDK and the function's jar can be relied on;
 * therefore Lambda's interfaces are met by reflection.
 */
public final class RuntimeLoop {

  private static final String LAMBDA = "com.amazonaws.services.lambda.runtime.";
  private static final String API =
      "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/";

  private RuntimeLoop() {}

  /** Serves the handler that the argument names until the sandbox is gone. */
  public static void main(String... args) throws IOException, ReflectiveOperationException {
    Object handler;
    Method handle;
    try {
      Class<?> type = Class.forName(LAMBDA + "RequestStreamHandler");
      handler = Class.forName(args[0]).getConstructor().newInstance();
      handle =
          type.getMethod(
              "handleRequest",
              InputStream.class,
              OutputStream.class,
              Class.forName(LAMBDA + "Context"));
      type.cast(handler);
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      post("init/error", error(e));
      System.exit(1);
      return;
    }
    while (true) {
      serve(handler, handle);
    }
  }

  private static void serve(Object handler, Method handle)
      throws IOException, ReflectiveOperationException {
    HttpURLConnection next = open("invocation/next");
    byte[] event;
    try (InputStream body = next.getInputStream()) {
      event = body.readAllBytes();
    }
    String invocation = "invocation/" + next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try {
      handle.invoke(handler, new ByteArrayInputStream(event), answer, context(next));
      post(invocation + "/response", answer.toByteArray());
    } catch (InvocationTargetException e) {
      e.getCause().printStackTrace();
      post(invocation + "/error", error(e));
    }
  }

  private static Object context(HttpURLConnection next) throws ClassNotFoundException {
    long deadline = Long.parseLong(next.getHeaderField("Lambda-Runtime-Deadline-Ms"));
    Object logger = proxy("LambdaLogger", (name, args) -> log(args != null ? args[0] : ""));
    return proxy(
        "Context",
        (name, args) ->
            switch (name) {
              case "getAwsRequestId" -> next.getHeaderField("Lambda-Runtime-Aws-Request-Id");
              case "getInvokedFunctionArn" ->
                  next.getHeaderField("Lambda-Runtime-Invoked-Function-Arn");
              case "getRemainingTimeInMillis" ->
                  (int) Math.max(0, deadline - System.currentTimeMillis());
              case "getFunctionName" -> System.getenv("AWS_LAMBDA_FUNCTION_NAME");
              case "getFunctionVersion" -> System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
              case "getLogGroupName" -> System.getenv("AWS_LAMBDA_LOG_GROUP_NAME");
              case "getLogStreamName" -> System.getenv("AWS_LAMBDA_LOG_STREAM_NAME");
              case "getMemoryLimitInMB" ->
                  Integer.valueOf(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
              case "getLogger" -> logger;
              default -> null;
            });
  }

  private static Object log(Object line) {
    System.out.println(
        line instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : line);
    return line;
  }

  private interface Call {
    Object answer(String method, Object[] args);
  }

  private static Object proxy(String type, Call call) throws ClassNotFoundException {
    return Proxy.newProxyInstance(
        RuntimeLoop.class.getClassLoader(),
        new Class<?>[] {Class.forName(LAMBDA + type)},
        (self, method, args) -> {
          Object answer = call.answer(method.getName(), args);
          return method.getReturnType() == void.class ? null : answer;
        });
  }

  private static byte[] error(Throwable thrown) {
    Throwable cause =
        thrown instanceof InvocationTargetException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return "{\"errorType\":%s,\"errorMessage\":%s}"
        .formatted(quoted(cause.getClass().getName()), quoted(String.valueOf(cause.getMessage())))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      json.append(c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted((int) c) : c);
    }
    return json.append('"').toString();
  }

  private static void post(String path, byte[] body) throws IOException {
    HttpURLConnection connection = open(path);
    connection.setDoOutput(true);
    connection.getOutputStream().write(body);
    connection.getInputStream().close();
  }

  private static HttpURLConnection open(String path) throws IOException {
    return (HttpURLConnection) URI.create(API + path).toURL().openConnection();
  }
}
