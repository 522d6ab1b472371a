package io.sparkgate.function.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.function.Invocation;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.EventBus;
import io.sparkgate.function.aws.ServiceClient;
import io.sparkgate.function.aws.SignedCalls;
import io.sparkgate.function.aws.Subnets;
import io.sparkgate.function.aws.UsageObjects;
import io.sparkgate.function.reaper.sweep.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * The function that tells who is there and what it costs: one pass for each invocation, whatever
 * the event is. Answers with the figures of the pass.
 *
 * <p>Its configuration is read when it is made, so that a wrong one fails the function at once.
 */
public final class MonitorHandler implements RequestStreamHandler {

  private final String name;
  private final MonitorConfig config;
  private final EmrServerlessClient client;
  private final @Nullable SignedCalls s3;
  private final @Nullable SignedCalls events;
  private final @Nullable SignedCalls ec2;
  private final PrintStream log;
  private final Clock clock;
  private final Pace pace;
  private final Memory memory;
  private final PoolRecords pools;

  /** The way in for Lambda. */
  public MonitorHandler() {
    this(System.getenv(), System.out, Clock.systemUTC());
  }

  MonitorHandler(Map<String, String> environment, PrintStream log, Clock clock) {
    this.name = environment.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "unnamed");
    this.config = MonitorConfig.parse(environment.get(MonitorConfig.VARIABLE));
    this.client = ServiceClient.fromEnvironment(environment);
    this.s3 = config.usage() == null ? null : UsageObjects.client(environment);
    this.events = config.eventBus() == null ? null : EventBus.client(environment);
    this.ec2 = config.subnets().isEmpty() ? null : Subnets.client(environment);
    this.log = log;
    this.clock = clock;
    // Of the wall: what fills up while the function is frozen is the service's bucket.
    this.pace = new Pace(config.rates(), Clock.systemUTC());
    this.memory = new Memory(config.every());
    this.pools =
        new PoolRecords(config.every(), config.usage() == null ? "" : config.usage().prefix());
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Invocation invocation = new Invocation(event, answer, context);
    Calls calls = new Calls(invocation::remaining, () -> Calls.LIMIT);
    MonitorReport report = new MonitorReport(log, clock);
    PassContext pass =
        new PassContext(
            name,
            config,
            client,
            calls,
            pace,
            ServiceClient.CONNECTIONS,
            invocation::remaining,
            clock,
            clock.instant(),
            memory,
            report);
    try {
      new MonitorPass(pass, outlets(calls)).run();
    } finally {
      invocation.answer(report.answer(config.applications().size()));
    }
    Optional<String> failure = report.failure();
    if (failure.isPresent()) {
      throw new MonitorFailed(failure.get());
    }
  }

  private MonitorPass.Outlets outlets(Calls calls) {
    MonitorConfig.Usage usage = config.usage();
    String bus = config.eventBus();
    return new MonitorPass.Outlets(
        s3 == null || usage == null ? null : new UsageObjects(s3, calls, usage.bucket()),
        pools,
        events == null || bus == null ? null : new EventBus(events, calls, bus),
        ec2 == null ? null : new Subnets(ec2, calls));
  }
}
