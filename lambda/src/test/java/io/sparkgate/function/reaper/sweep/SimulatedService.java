package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.reaper.SessionState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.EmrServerlessException;
import software.amazon.awssdk.services.emrserverless.model.GetSessionRequest;
import software.amazon.awssdk.services.emrserverless.model.GetSessionResponse;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsRequest;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsResponse;
import software.amazon.awssdk.services.emrserverless.model.ResourceNotFoundException;
import software.amazon.awssdk.services.emrserverless.model.Session;
import software.amazon.awssdk.services.emrserverless.model.SessionSummary;
import software.amazon.awssdk.services.emrserverless.model.TerminateSessionRequest;
import software.amazon.awssdk.services.emrserverless.model.TerminateSessionResponse;

/**
 * The service as far as a sweep sees it, in virtual time and without a network: the client's own
 * interface over traces. It counts calls, and lets some fail, the same for everyone who asks at the
 * same time.
 */
final class SimulatedService implements EmrServerlessClient {

  private final Map<String, Map<String, SessionTrace>> traces;
  private final int failureOneIn;
  private final Set<String> ended = new TreeSet<>();
  private final Set<String> endedNow = new TreeSet<>();
  private Instant now = Instant.EPOCH;
  private long calls;

  /**
   * Knows these sessions.
   *
   * @param traces by application and session
   * @param failureOneIn how many calls come to one that fails; zero for none
   */
  SimulatedService(Map<String, Map<String, SessionTrace>> traces, int failureOneIn) {
    this.traces = traces;
    this.failureOneIn = failureOneIn;
  }

  /** Sets the time, and forgets which sessions were terminated at the time before. */
  void at(Instant now) {
    this.now = now;
    endedNow.clear();
  }

  /** The sessions that were terminated since the time was set. */
  Set<String> endedNow() {
    return Set.copyOf(endedNow);
  }

  long calls() {
    return calls;
  }

  @Override
  public ListSessionsResponse listSessions(ListSessionsRequest request) {
    String application = request.applicationId();
    called("list " + application);
    List<SessionTrace> matching = new ArrayList<>();
    for (SessionTrace trace : traces.getOrDefault(application, Map.of()).values()) {
      if (request.statesAsStrings().contains(state(trace))) {
        matching.add(trace);
      }
    }
    int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    int to = Math.min(from + request.maxResults(), matching.size());
    return ListSessionsResponse.builder()
        .sessions(matching.subList(from, to).stream().map(this::summary).toList())
        .nextToken(to < matching.size() ? String.valueOf(to) : null)
        .build();
  }

  @Override
  public GetSessionResponse getSession(GetSessionRequest request) {
    called("get " + request.sessionId());
    SessionTrace trace = find(request.applicationId(), request.sessionId());
    return GetSessionResponse.builder()
        .session(
            Session.builder()
                .applicationId(trace.application())
                .sessionId(trace.id())
                .createdBy("alice")
                .executionRoleArn("role")
                .state(state(trace))
                .createdAt(trace.createdAt())
                .startedAt(trace.startedAt(now))
                .idleSince(trace.idleSince(now))
                .tags(new HashMap<>(trace.tagsAt(now)))
                .build())
        .build();
  }

  @Override
  public TerminateSessionResponse terminateSession(TerminateSessionRequest request) {
    called("terminate " + request.sessionId());
    SessionTrace trace = find(request.applicationId(), request.sessionId());
    ended.add(trace.id());
    endedNow.add(trace.id());
    return TerminateSessionResponse.builder().build();
  }

  private void called(String what) {
    calls++;
    if (failureOneIn > 0 && Math.floorMod((what + now).hashCode(), failureOneIn) == 0) {
      throw EmrServerlessException.builder()
          .statusCode(500)
          .message("simulated")
          .awsErrorDetails(AwsErrorDetails.builder().errorCode("InternalServerException").build())
          .build();
    }
  }

  private SessionTrace find(String application, String id) {
    SessionTrace trace = traces.getOrDefault(application, Map.of()).get(id);
    if (trace == null || trace.createdAt().isAfter(now)) {
      throw ResourceNotFoundException.builder()
          .message("no such session")
          .awsErrorDetails(AwsErrorDetails.builder().errorCode("ResourceNotFoundException").build())
          .build();
    }
    return trace;
  }

  private String state(SessionTrace trace) {
    SessionState state = trace.state(now);
    return state == null
        ? "NONE"
        : (ended.contains(trace.id()) ? SessionState.TERMINATING : state).name();
  }

  private SessionSummary summary(SessionTrace trace) {
    return SessionSummary.builder()
        .applicationId(trace.application())
        .sessionId(trace.id())
        .createdBy("alice")
        .executionRoleArn("role")
        .state(state(trace))
        .createdAt(trace.createdAt())
        .build();
  }

  /** By application and session, in the order of creation. */
  static Map<String, Map<String, SessionTrace>> index(List<SessionTrace> traces) {
    Map<String, Map<String, SessionTrace>> index = new HashMap<>();
    traces.forEach(
        trace ->
            index
                .computeIfAbsent(trace.application(), application -> new TreeMap<>())
                .put(trace.id(), trace));
    return index;
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
