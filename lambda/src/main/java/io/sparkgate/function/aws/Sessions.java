package io.sparkgate.function.aws;

import io.sparkgate.function.reaper.ListedSession;
import io.sparkgate.function.reaper.Session;
import io.sparkgate.function.reaper.SessionState;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.GetSessionRequest;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsRequest;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsResponse;
import software.amazon.awssdk.services.emrserverless.model.SessionSummary;
import software.amazon.awssdk.services.emrserverless.model.TerminateSessionRequest;

/** The sessions of the service. */
public final class Sessions extends Subjects<ListedSession, Session> {

  private final EmrServerlessClient client;
  private final Calls calls;

  public Sessions(EmrServerlessClient client, Calls calls) {
    super("ListSessions");
    this.client = client;
    this.calls = calls;
  }

  @Override
  public Page<ListedSession> page(String application, @Nullable String token)
      throws ServiceCallException {
    ListSessionsRequest.Builder request =
        ListSessionsRequest.builder()
            .applicationId(application)
            .statesWithStrings(SessionState.LIVE.stream().map(Enum::name).toList())
            .maxResults(Pages.SIZE)
            .nextToken(token);
    ListSessionsResponse response =
        calls.make(
            list(), limit -> client.listSessions(request.overrideConfiguration(limit).build()));
    return page(
        response.sessions(),
        Sessions::listed,
        summary -> "session " + (summary == null ? null : summary.sessionId()),
        response.nextToken());
  }

  @Override
  Session read(ListedSession session) throws ServiceCallException {
    GetSessionRequest.Builder request =
        GetSessionRequest.builder()
            .applicationId(session.applicationId())
            .sessionId(session.sessionId());
    return calls.make(
        "GetSession",
        limit ->
            session(client.getSession(request.overrideConfiguration(limit).build()).session()));
  }

  @Override
  void stop(ListedSession session) throws ServiceCallException {
    TerminateSessionRequest.Builder request =
        TerminateSessionRequest.builder()
            .applicationId(session.applicationId())
            .sessionId(session.sessionId());
    calls.make(
        "TerminateSession",
        limit -> client.terminateSession(request.overrideConfiguration(limit).build()));
  }

  static ListedSession listed(SessionSummary summary) {
    return new ListedSession(
        summary.applicationId(),
        summary.sessionId(),
        summary.name(),
        summary.createdBy(),
        summary.executionRoleArn(),
        state(summary.state()),
        summary.createdAt());
  }

  static Session session(software.amazon.awssdk.services.emrserverless.model.Session session) {
    return new Session(
        new ListedSession(
            session.applicationId(),
            session.sessionId(),
            session.name(),
            session.createdBy(),
            session.executionRoleArn(),
            state(session.state()),
            session.createdAt()),
        session.startedAt(),
        session.idleSince(),
        session.tags());
  }

  private static SessionState state(
      software.amazon.awssdk.services.emrserverless.model.SessionState state) {
    return switch (Objects.requireNonNull(state, "state is missing")) {
      case SUBMITTED -> SessionState.SUBMITTED;
      case STARTING -> SessionState.STARTING;
      case STARTED -> SessionState.STARTED;
      case IDLE -> SessionState.IDLE;
      case BUSY -> SessionState.BUSY;
      case TERMINATING -> SessionState.TERMINATING;
      case TERMINATED -> SessionState.TERMINATED;
      case FAILED -> SessionState.FAILED;
      case UNKNOWN_TO_SDK_VERSION -> SessionState.UNKNOWN;
    };
  }
}
