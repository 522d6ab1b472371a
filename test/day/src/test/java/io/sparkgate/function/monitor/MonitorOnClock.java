package io.sparkgate.function.monitor;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/** The monitor's function on a clock in hand. */
public final class MonitorOnClock {

  private MonitorOnClock() {}

  public static RequestStreamHandler of(
      Map<String, String> environment, PrintStream log, Clock clock) {
    return new MonitorHandler(environment, log, clock);
  }
}
