package io.sparkgate.function.cluster.reaper;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.function.Invocation;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceClient;
import io.sparkgate.function.cluster.Clusters;
import io.sparkgate.function.cluster.Usage;
import io.sparkgate.function.reaper.Listed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.emr.EmrClient;

/**
 * The function that terminates clusters that nobody sends requests to: one sweep for each
 * invocation, whatever the event is. Answers with the figures of the sweep.
 *
 * <p>Its configuration is read when it is made, so that a wrong one fails the function at once.
 */
public final class ClusterReaperHandler implements RequestStreamHandler {

  private final ClusterReaperConfig config;
  private final String name;
  private final EmrClient emr;
  private final CloudWatchClient cloudWatch;
  private final PrintStream log;
  private final Clock clock;

  /** The way in for Lambda. */
  public ClusterReaperHandler() {
    this(System.getenv(), System.out);
  }

  ClusterReaperHandler(Map<String, String> environment, PrintStream log) {
    this(
        ClusterReaperConfig.parse(environment.get(ClusterReaperConfig.VARIABLE)),
        environment.getOrDefault("AWS_LAMBDA_FUNCTION_NAME", "unnamed"),
        ServiceClient.inEnvironment(ServiceClient.configured(EmrClient.builder()), environment)
            .build(),
        ServiceClient.inEnvironment(
                ServiceClient.configured(CloudWatchClient.builder()), environment)
            .build(),
        log,
        Clock.systemUTC());
  }

  ClusterReaperHandler(
      ClusterReaperConfig config,
      String name,
      EmrClient emr,
      CloudWatchClient cloudWatch,
      PrintStream log,
      Clock clock) {
    this.config = config;
    this.name = name;
    this.emr = emr;
    this.cloudWatch = cloudWatch;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Invocation invocation = new Invocation(event, answer, context);
    Calls calls = new Calls(invocation::remaining, () -> Calls.LIMIT);
    Instant start = clock.instant();
    ClusterReport report = new ClusterReport(log);
    try {
      new ClusterSweep(
              config, new Clusters(emr, calls), new Usage(cloudWatch, calls), clock, report)
          .run();
    } finally {
      Instant end = clock.instant();
      invocation.answer(report.end(name, config, Listed.between(start, end), end));
    }
    Optional<String> failure = report.failure();
    if (failure.isPresent()) {
      throw new ClusterSweepFailed(failure.get());
    }
  }
}
