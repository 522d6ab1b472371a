package io.sparkgate.function.aws;

import io.sparkgate.function.aws.ServiceCallException.Kind;
import io.sparkgate.function.reaper.ListedSession;
import io.sparkgate.function.reaper.Session;
import io.sparkgate.function.reaper.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.GetSessionRequest;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsRequest;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsResponse;
import software.amazon.awssdk.services.emrserverless.model.SessionSummary;
import software.amazon.awssdk.services.emrserverless.model.TerminateSessionRequest;
import software.amazon.awssdk.services.emrserverless.model.ValidationException;

/** The sessions of the service, in the words in which the reaper decides on them. */
public final class Sessions {

  private static final String LIST = "ListSessions";

  private final EmrServerlessClient client;
  private final Calls calls;

  public Sessions(EmrServerlessClient client, Calls calls) {
    this.client = client;
    this.calls = calls;
  }

  /**
   * One page of an application's live sessions. A session that cannot be read takes none of the
   * others with it.
   *
   * @param unreadable what is wrong with each session that cannot be read
   * @param next the token in the answer, which may be anything
   */
  public record Page(
      List<ListedSession> sessions, List<ServiceCallException> unreadable, @Nullable String next) {}

  /**
   * Reads a page.
   *
   * @param token of the page; null for the first
   */
  public Page page(String application, @Nullable String token) throws ServiceCallException {
    ListSessionsRequest.Builder request =
        ListSessionsRequest.builder()
            .applicationId(application)
            .statesWithStrings(SessionState.LIVE.stream().map(Enum::name).toList())
            .maxResults(Pages.SIZE)
            .nextToken(token);
    ListSessionsResponse response =
        calls.make(
            LIST, limit -> client.listSessions(request.overrideConfiguration(limit).build()));
    List<ListedSession> sessions = new ArrayList<>();
    List<ServiceCallException> unreadable = new ArrayList<>();
    for (SessionSummary summary : response.sessions()) {
      try {
        sessions.add(listed(summary));
      } catch (RuntimeException e) {
        unreadable.add(unreadable(summary, e));
      }
    }
    return new Page(sessions, unreadable, response.nextToken());
  }

  /** The session as it is now; empty when there is none any more. */
  public Optional<Session> get(ListedSession session) throws ServiceCallException {
    GetSessionRequest.Builder request =
        GetSessionRequest.builder()
            .applicationId(session.applicationId())
            .sessionId(session.sessionId());
    try {
      return Optional.of(
          calls.make(
              "GetSession",
              limit ->
                  session(
                      client.getSession(request.overrideConfiguration(limit).build()).session())));
    } catch (ServiceCallException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Ends the session; false when it had ended by itself. */
  public boolean terminate(ListedSession session) throws ServiceCallException {
    TerminateSessionRequest.Builder request =
        TerminateSessionRequest.builder()
            .applicationId(session.applicationId())
            .sessionId(session.sessionId());
    try {
      calls.make(
          "TerminateSession",
          limit -> client.terminateSession(request.overrideConfiguration(limit).build()));
      return true;
    } catch (ServiceCallException e) {
      // How the service answers for a session that is over is not documented: a refusal may be it.
      if (e.kind() == Kind.NOT_FOUND
          || e.getCause() instanceof ValidationException && hasEnded(session)) {
        return false;
      }
      throw e;
    }
  }

  private boolean hasEnded(ListedSession session) throws ServiceCallException {
    return get(session).map(now -> now.state().ended()).orElse(true);
  }

  private static ServiceCallException unreadable(
      @Nullable SessionSummary summary, RuntimeException e) {
    String id = summary == null ? null : summary.sessionId();
    String what = "session %s in the list: %s".formatted(id, e.getMessage());
    return new ServiceCallException(Kind.OTHER, LIST, e.getClass().getSimpleName(), what, null);
  }

  private static ListedSession listed(SessionSummary summary) {
    return new ListedSession(
        summary.applicationId(),
        summary.sessionId(),
        summary.name(),
        summary.createdBy(),
        summary.executionRoleArn(),
        state(summary.state()),
        summary.createdAt());
  }

  private static Session session(
      software.amazon.awssdk.services.emrserverless.model.Session session) {
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
