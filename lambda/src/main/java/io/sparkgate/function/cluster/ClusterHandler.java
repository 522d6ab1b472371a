package io.sparkgate.function.cluster;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.function.Invocation;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.resource.Fields;
import io.sparkgate.function.resource.RequestFailed;
import io.sparkgate.function.resource.RequestRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The function behind the custom resources of a cluster: waits until its server is up and healthy,
 * and refuses a replacement or a deletion that people would lose their work by.
 *
 * <p>It is both handlers of the CDK's custom resource framework. The first call for a request
 * answers the resource's physical id and the time; the framework then calls again with that answer
 * in the event, until the answer is that the request is complete. An error fails the request at
 * once, so all that may pass is answered with "not yet", for as long as there is time.
 */
public final class ClusterHandler implements RequestStreamHandler {

  private final Services services;
  private final Duration callLimit;
  private final PrintStream log;
  private final Clock clock;

  /** The way in for Lambda. */
  public ClusterHandler() {
    this(Services.fromEnvironment(System.getenv()), Calls.LIMIT, System.out, Clock.systemUTC());
  }

  ClusterHandler(Services services, Duration callLimit, PrintStream log, Clock clock) {
    this.services = services;
    this.callLimit = callLimit;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Invocation invocation = new Invocation(event, answer, context);
    Request request = Request.parse(invocation.event());
    RequestRecord record = request.record();
    Calls calls = new Calls(invocation::remaining, () -> callLimit);
    try {
      invocation.answer(
          request.startedAt() == null
              ? begin(request, record)
              : isComplete(request, request.startedAt(), record, calls));
    } finally {
      record.print(log);
    }
  }

  private Map<String, Object> begin(Request request, RequestRecord record) {
    record.decided("begin", "the framework asks next whether it is complete");
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("PhysicalResourceId", request.physicalId());
    answer.put(Fields.STARTED_AT, clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    return answer;
  }

  private Map<String, Object> isComplete(
      Request request, Instant startedAt, RequestRecord record, Calls calls) {
    Outcome outcome =
        new Looking(services, calls, request, record, startedAt, clock.instant()).outcome();
    Map<String, Object> answer = new LinkedHashMap<>();
    if (outcome instanceof Outcome.Fail fail) {
      record.decided("fail", fail.message());
      throw new RequestFailed(fail.message());
    }
    if (outcome instanceof Outcome.Done done) {
      record.decided("done", done.reason());
      answer.put("IsComplete", true);
      if (!done.attributes().isEmpty()) {
        answer.put("Data", done.attributes());
      }
    } else if (outcome instanceof Outcome.Wait wait) {
      record.decided("wait", wait.reason());
      answer.put("IsComplete", false);
    }
    return answer;
  }
}
