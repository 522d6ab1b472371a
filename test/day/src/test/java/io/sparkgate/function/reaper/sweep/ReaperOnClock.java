package io.sparkgate.function.reaper.sweep;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.function.aws.ServiceClient;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/** The reaper's function on a clock in hand. */
public final class ReaperOnClock {

  private ReaperOnClock() {}

  public static RequestStreamHandler of(
      Map<String, String> environment, PrintStream log, Clock clock) {
    return new ReaperHandler(
        ReaperConfig.parse(environment.get(ReaperConfig.VARIABLE)),
        environment.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "unnamed"),
        () -> ServiceClient.fromEnvironment(environment),
        () -> ReaperHandler.CALL_LIMIT,
        log,
        clock,
        ServiceClient.CONNECTIONS,
        environment);
  }
}
