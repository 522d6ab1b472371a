package io.sparkgate.function.reaper;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
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
   * For one call with the client's retries. A call that gets no answer would take six times the
   * client's read timeout. One that is throttled gives up long before, and is made again.
   */
  static final Duration CALL_LIMIT = Duration.ofSeconds(30);

  private final EmrServerlessClient client;
  private final Duration callLimit;

  EmrServerlessSessions(EmrServerlessClient client) {
    this(client, CALL_LIMIT);
  }

  EmrServerlessSessions(EmrServerlessClient client, Duration callLimit) {
    this.client = client;
    this.callLimit = callLimit;
  }

  /**
   * Hands over session by session, so that a page that fails takes none of those before it, and a
   * session that cannot be read none of the others.
   *
   * @param unreadable gets what is wrong with each session that cannot be read
   */
  void list(
      String application,
      Set<SessionState> states,
      Instant createdBefore,
      Budget budget,
      Consumer<ListedSession> found,
      Consumer<CallFailed> unreadable)
      throws CallFailed {
    String token = null;
    do {
      String from = token;
      ListSessionsResponse page =
          call(
              budget,
              timeout ->
                  client.listSessions(
                      ListSessionsRequest.builder()
                          .applicationId(application)
                          .statesWithStrings(states.stream().map(Enum::name).toList())
                          .createdAtBefore(createdBefore)
                          .maxResults(PAGE)
                          .nextToken(from)
                          .overrideConfiguration(timeout)
                          .build()));
      for (SessionSummary summary : page.sessions()) {
        ListedSession session;
        try {
          session = listed(summary);
        } catch (RuntimeException e) {
          unreadable.accept(unreadable(summary, e));
          continue;
        }
        found.accept(session);
      }
      token = page.nextToken();
    } while (token != null);
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

  private <T> T call(Budget budget, Function<AwsRequestOverrideConfiguration, T> request)
      throws CallFailed {
    while (true) {
      Duration left = budget.remaining();
      if (left.isNegative() || left.isZero()) {
        throw new CallFailed.OutOfTime();
      }
      boolean limited = callLimit.compareTo(left) < 0;
      Duration timeout = limited ? callLimit : left;
      try {
        return request.apply(
            AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeout).build());
      } catch (ApiCallTimeoutException e) {
        if (limited) {
          throw new CallFailed(null, e.getMessage(), e);
        }
        throw new CallFailed.OutOfTime();
      } catch (AwsServiceException e) {
        // Throttled through all attempts of the client: nothing is wrong, it only takes longer.
        if (!e.isThrottlingException()) {
          throw new CallFailed(e.awsErrorDetails().errorCode(), e.getMessage(), e);
        }
      } catch (RuntimeException e) {
        // Whatever it is, it is about this call and must not stop the others.
        throw new CallFailed(e.getClass().getSimpleName(), e.getMessage(), e);
      }
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
