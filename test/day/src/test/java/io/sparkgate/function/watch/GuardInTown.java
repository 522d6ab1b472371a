package io.sparkgate.function.watch;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;

/** The guard's function, which looks at no clock. */
public final class GuardInTown {

  private GuardInTown() {}

  public static RequestStreamHandler of(Map<String, String> environment, PrintStream log) {
    return new SessionGuardHandler(environment, log, Duration.ofMillis(1));
  }
}
