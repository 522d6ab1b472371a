package io.sparkgate.function.watch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.border.Configuration;
import io.sparkgate.function.ConfigObject;
import io.sparkgate.function.Invocation;
import io.sparkgate.function.Json;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.aws.ServiceClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.Application;
import software.amazon.awssdk.services.emrserverless.model.GetApplicationRequest;

/**
 * The function that looks whether the applications still take sessions, whatever the event is. It
 * puts nothing right: an application has to be stopped for that.
 */
public final class SessionGuardHandler implements RequestStreamHandler {

  /** The environment variable that names the applications. */
  static final String VARIABLE = Configuration.GUARD;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** The longest pause, in first ones: 15 seconds of pauses in all. */
  private static final int PAUSES = 16;

  private final List<String> applications;
  private final EmrServerlessClient client;
  private final PrintStream log;
  private final Duration firstPause;

  /** The way in for Lambda. */
  public SessionGuardHandler() {
    this(System.getenv(), System.out, FIRST_PAUSE);
  }

  SessionGuardHandler(Map<String, String> environment, PrintStream log, Duration firstPause) {
    this.applications =
        ConfigObject.parse(VARIABLE, environment.get(VARIABLE), List.of(Configuration.APPLICATIONS))
            .texts(Configuration.APPLICATIONS, ConfigObject.ID);
    this.client = ServiceClient.fromEnvironment(environment);
    this.log = log;
    this.firstPause = firstPause;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Invocation invocation = new Invocation(event, answer, context);
    Calls calls = new Calls(invocation::remaining, () -> Calls.LIMIT);
    List<String> problems = new ArrayList<>();
    for (String id : applications) {
      Verdict verdict = look(id, calls);
      print(id, verdict);
      if (verdict.problem() != null) {
        problems.add(verdict.problem());
      }
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("Applications", applications.size());
    figures.put("Problems", problems.size());
    invocation.answer(figures);
    if (!problems.isEmpty()) {
      throw new SessionGuardFailed(
          "%d of %d applications: %s"
              .formatted(problems.size(), applications.size(), String.join(". ", problems)));
    }
  }

  /** A look that is throttled is no news: it is repeated, more and more slowly. */
  private Verdict look(String id, Calls calls) {
    for (Duration pause = firstPause; ; pause = pause.multipliedBy(2)) {
      try {
        return ApplicationVerdict.of(id, get(id, calls));
      } catch (ServiceCallException e) {
        if (e.kind() != Kind.THROTTLED || pause.compareTo(firstPause.multipliedBy(PAUSES)) > 0) {
          return ApplicationVerdict.of(id, e);
        }
        sleep(pause);
      }
    }
  }

  private Application get(String id, Calls calls) throws ServiceCallException {
    GetApplicationRequest.Builder request = GetApplicationRequest.builder().applicationId(id);
    return calls.make(
        "GetApplication",
        limit -> client.getApplication(request.overrideConfiguration(limit).build()).application());
  }

  private static void sleep(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void print(String id, Verdict verdict) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "sessionGuard");
    line.put("applicationId", id);
    line.put("outcome", verdict.outcome());
    if (verdict.problem() != null) {
      line.put("reason", verdict.problem());
    }
    log.println(Json.write(line));
  }
}
