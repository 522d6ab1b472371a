package io.sparkgate.function.watch;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.sparkgate.border.Configuration;
import io.sparkgate.function.Invocation;
import io.sparkgate.function.Json;
import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.ServiceClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.GetSessionRequest;
import software.amazon.awssdk.services.emrserverless.model.Session;

/**
 * The function that fails when somebody fetched the endpoint of a session that another principal
 * started, or when it cannot tell. Its event is CloudTrail's record of GetSessionEndpoint, as
 * EventBridge hands it on.
 *
 * <p>It compares {@code detail.userIdentity.arn} with {@code createdBy} of the session. Of a
 * session that was started with an assumed role, createdBy is assumed to have the form of the
 * former, {@code arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION}. That was not seen on AWS: if it
 * has another, every fetch is a takeover here, and none is missed.
 */
public final class TakeoverHandler implements RequestStreamHandler {

  private final EmrServerlessClient client;
  private final PrintStream log;
  private final @Nullable TakeoverEvents events;

  /** The way in for Lambda. */
  public TakeoverHandler() {
    this(System.getenv(), System.out);
  }

  TakeoverHandler(Map<String, String> environment, PrintStream log) {
    this.client = ServiceClient.fromEnvironment(environment);
    this.log = log;
    this.events =
        environment.containsKey(Configuration.TAKEOVER) ? TakeoverEvents.of(environment) : null;
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Invocation invocation = new Invocation(event, answer, context);
    Calls calls = new Calls(invocation::remaining, () -> Calls.LIMIT);
    Fetch fetch = Fetch.of(invocation.event());
    Session session = null;
    Verdict verdict;
    try {
      session = fetch.isComplete() ? session(fetch, calls) : null;
      verdict = FetchVerdict.of(fetch, createdBy(session));
    } catch (ServiceCallException e) {
      verdict = FetchVerdict.of(fetch, e);
    }
    print(fetch, createdBy(session), verdict);
    if (verdict.problem() != null) {
      if (events != null) {
        events.put(fetch, session, verdict.problem(), calls, log);
      }
      throw new TakeoverSuspected(verdict.problem());
    }
    invocation.answer(Map.of());
  }

  private static @Nullable String createdBy(@Nullable Session session) {
    return session == null ? null : session.createdBy();
  }

  private Session session(Fetch fetch, Calls calls) throws ServiceCallException {
    GetSessionRequest.Builder request =
        GetSessionRequest.builder()
            .applicationId(fetch.applicationId())
            .sessionId(fetch.sessionId());
    return calls.make(
        "GetSession",
        limit -> client.getSession(request.overrideConfiguration(limit).build()).session());
  }

  private void print(Fetch fetch, @Nullable String createdBy, Verdict verdict) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("type", "endpointFetched");
    put(line, "applicationId", fetch.applicationId());
    put(line, "sessionId", fetch.sessionId());
    line.put("outcome", verdict.outcome());
    put(line, "fetchedBy", fetch.arn());
    put(line, "createdBy", createdBy);
    put(line, "eventTime", fetch.eventTime());
    put(line, "sourceIPAddress", fetch.sourceIPAddress());
    put(line, "reason", verdict.problem());
    log.println(Json.write(line));
  }

  private static void put(Map<String, Object> line, String name, @Nullable String value) {
    if (value != null) {
      line.put(name, value);
    }
  }
}
