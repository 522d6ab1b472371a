package io.sparkgate.function.stub;

import com.amazonaws.services.lambda.runtime.Context;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Supplier;

/** What Lambda tells a function beside the event: here no more than the time that is left. */
public final class StubContext {

  private StubContext() {}

  /** One whose time is always the same. */
  public static Context of(Duration remaining) {
    return of(() -> remaining);
  }

  /** One whose time passes. */
  public static Context until(Duration timeout) {
    long end = System.nanoTime() + timeout.toNanos();
    return of(() -> Duration.ofNanos(end - System.nanoTime()));
  }

  private static Context of(Supplier<Duration> remaining) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getRemainingTimeInMillis")) {
                return (int) remaining.get().toMillis();
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
