package io.sparkgate.function.warm;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.function.Invocation;
import io.sparkgate.function.Json;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.aws.ServiceClient;
import io.sparkgate.function.resource.Stacks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * The function that keeps an application started in its hours, and stops it after, once nobody uses
 * it; whatever the event is. It looks at the clock and at the service and remembers nothing, so a
 * look that is missed or made twice does no harm.
 */
public final class WarmHoursHandler implements RequestStreamHandler {

  private final WarmHoursConfig config;
  private final EmrServerlessClient emr;
  private final CloudFormationClient cloudFormation;
  private final PrintStream log;
  private final Clock clock;

  /** The way in for Lambda. */
  public WarmHoursHandler() {
    this(System.getenv(), System.out, Clock.systemUTC());
  }

  WarmHoursHandler(Map<String, String> environment, PrintStream log, Clock clock) {
    this.config = WarmHoursConfig.parse(environment.get(WarmHoursConfig.VARIABLE));
    this.emr = ServiceClient.fromEnvironment(environment);
    this.cloudFormation =
        ServiceClient.inEnvironment(
                ServiceClient.configured(CloudFormationClient.builder()), environment)
            .build();
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Invocation invocation = new Invocation(event, answer, context);
    Calls calls = new Calls(invocation::remaining, () -> Calls.LIMIT);
    Look look =
        new Look(
            config,
            new Application(config.application(), emr, calls),
            new Stacks(cloudFormation, calls));
    Outcome outcome = look(look);
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "warmHours");
    line.put("applicationId", config.application());
    line.put("outcome", outcome.word());
    line.put("reason", outcome.reason());
    log.println(Json.write(line));
    invocation.answer(Map.of("outcome", outcome.word()));
    if (outcome.word().equals("failed") || outcome.word().equals("gone")) {
      throw new WarmHoursFailed(
          "application %s: %s".formatted(config.application(), outcome.reason()));
    }
  }

  /** What is throttled or late is left to the next look. */
  private Outcome look(Look look) {
    try {
      return look.at(clock.instant());
    } catch (ServiceCallException e) {
      boolean passes = e.kind() == Kind.THROTTLED || e.kind() == Kind.OUT_OF_TIME;
      return new Outcome(passes ? "left" : "failed", String.valueOf(e.getMessage()));
    }
  }
}
