package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.reaper.ListedSession;
import io.sparkgate.function.reaper.Session;
import io.sparkgate.function.reaper.SessionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.GetSessionRequest;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsRequest;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsResponse;
import software.amazon.awssdk.services.emrserverless.model.ResourceNotFoundException;
import software.amazon.awssdk.services.emrserverless.model.SessionSummary;
import software.amazon.awssdk.services.emrserverless.model.TerminateSessionRequest;
import software.amazon.awssdk.services.emrserverless.model.ValidationException;

/**
 * The sessions of the service, in our own words. Each call may use what is left of the budget, but
 * never more than a limit: one that gets no answer fails, and leaves time for the others.
 */
final class EmrServerlessSessions {

  /** The most that the service gives at once. */
  private static final int PAGE = 50;

  /**
   * For one call with the client's retries: one that gets no answer would take six times the
   * client's read timeout.
   */
  static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  private final EmrServerlessClient client;
  private final Supplier<Duration> callLimit;

  EmrServerlessSessions(EmrServerlessClient client) {
    this(client, () -> CALL_LIMIT);
  }

  EmrServerlessSessions(EmrServerlessClient client, Supplier<Duration> callLimit) {
    this.client = client;
    this.callLimit = callLimit;
  }

  /**
   * One page of an application's live sessions. A session that cannot be read takes none of the
   * others with it.
   *
   * @param unreadable what is wrong with each session that cannot be read
   * @param next the token in the answer, which may be anything
   */
  record Page(List<ListedSession> sessions, List<CallFailed> unreadable, @Nullable String next) {}

  /**
   * Reads a page.
   *
   * @param token of the page; null for the first
   */
  Page page(String application, @Nullable String token, Budget budget) throws CallFailed {
    ListSessionsRequest.Builder request =
        ListSessionsRequest.builder()
            .applicationId(application)
            .statesWithStrings(SessionState.LIVE.stream().map(Enum::name).toList())
            .maxResults(PAGE)
            .nextToken(token);
    ListSessionsResponse response =
        call(
            Operation.LIST_SESSIONS,
            budget,
            timeout -> client.listSessions(request.overrideConfiguration(timeout).build()));
    List<ListedSession> sessions = new ArrayList<>();
    List<CallFailed> unreadable = new ArrayList<>();
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
  Optional<Session> get(ListedSession session, Budget budget) throws CallFailed {
    GetSessionRequest.Builder request =
        GetSessionRequest.builder()
            .applicationId(session.applicationId())
            .sessionId(session.sessionId());
    try {
      return Optional.of(
          call(
              Operation.GET_SESSION,
              budget,
              timeout ->
                  session(
                      client
                          .getSession(request.overrideConfiguration(timeout).build())
                          .session())));
    } catch (CallFailed e) {
      if (e.getCause() instanceof ResourceNotFoundException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Ends the session; false when it had ended by itself. */
  boolean terminate(ListedSession session, Budget budget) throws CallFailed {
    TerminateSessionRequest.Builder request =
        TerminateSessionRequest.builder()
            .applicationId(session.applicationId())
            .sessionId(session.sessionId());
    try {
      call(
          Operation.TERMINATE_SESSION,
          budget,
          timeout -> client.terminateSession(request.overrideConfiguration(timeout).build()));
      return true;
    } catch (CallFailed e) {
      // How the service answers for a session that is over is not documented: a refusal may be it.
      if (e.getCause() instanceof ResourceNotFoundException
          || e.getCause() instanceof ValidationException && hasEnded(session, budget)) {
        return false;
      }
      throw e;
    }
  }

  private boolean hasEnded(ListedSession session, Budget budget) throws CallFailed {
    return get(session, budget).map(now -> now.state().ended()).orElse(true);
  }

  private <T> T call(
      Operation operation, Budget budget, Function<AwsRequestOverrideConfiguration, T> request)
      throws CallFailed {
    Duration left = budget.remaining();
    if (left.isNegative() || left.isZero()) {
      throw new CallFailed.OutOfTime();
    }
    Duration limit = callLimit.get();
    boolean limited = limit.compareTo(left) < 0;
    Duration timeout = limited ? limit : left;
    try {
      return request.apply(
          AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeout).build());
    } catch (ApiCallTimeoutException e) {
      if (limited) {
        throw new CallFailed(null, e.getMessage(), e);
      }
      throw new CallFailed.OutOfTime();
    } catch (AwsServiceException e) {
      if (e.isThrottlingException()) {
        throw new CallFailed.Throttled(operation);
      }
      throw new CallFailed(e.awsErrorDetails().errorCode(), e.getMessage(), e);
    } catch (RuntimeException e) {
      // Whatever it is, it is about this call and must not stop the others.
      throw new CallFailed(e.getClass().getSimpleName(), e.getMessage(), e);
    }
  }

  private static CallFailed unreadable(@Nullable SessionSummary summary, RuntimeException e) {
    String id = summary == null ? null : summary.sessionId();
    return new CallFailed(null, "session %s in the list: %s".formatted(id, e.getMessage()), e);
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
