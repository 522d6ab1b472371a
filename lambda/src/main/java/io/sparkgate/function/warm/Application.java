package io.sparkgate.function.warm;

import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.Pages;
import io.sparkgate.function.aws.ServiceCallException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.ApplicationState;
import software.amazon.awssdk.services.emrserverless.model.GetApplicationRequest;
import software.amazon.awssdk.services.emrserverless.model.ListJobRunsRequest;
import software.amazon.awssdk.services.emrserverless.model.ListJobRunsResponse;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsRequest;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsResponse;
import software.amazon.awssdk.services.emrserverless.model.SessionSummary;
import software.amazon.awssdk.services.emrserverless.model.StartApplicationRequest;
import software.amazon.awssdk.services.emrserverless.model.StopApplicationRequest;

/** The application whose pool is kept. */
final class Application {

  /**
   * How long it stays started after the last session: people who start the next one find the pool.
   */
  static final Duration GRACE = Duration.ofMinutes(15);

  /** The service ends every session after 24 hours, unless AWS Support raised that. */
  private static final Duration LIFE = Duration.ofHours(25);

  private static final List<String> LIVE_SESSIONS =
      List.of("SUBMITTED", "STARTING", "STARTED", "IDLE", "BUSY", "TERMINATING");
  private static final List<String> ENDED_SESSIONS = List.of("TERMINATED", "FAILED");
  private static final List<String> LIVE_JOB_RUNS =
      List.of("SUBMITTED", "PENDING", "SCHEDULED", "QUEUED", "RUNNING", "CANCELLING");

  private final String id;
  private final EmrServerlessClient client;
  private final Calls calls;

  Application(String id, EmrServerlessClient client, Calls calls) {
    this.id = id;
    this.client = client;
    this.calls = calls;
  }

  ApplicationState state() throws ServiceCallException {
    GetApplicationRequest.Builder request = GetApplicationRequest.builder().applicationId(id);
    return calls.make(
        "GetApplication",
        limit ->
            client
                .getApplication(request.overrideConfiguration(limit).build())
                .application()
                .state());
  }

  void start() throws ServiceCallException {
    StartApplicationRequest.Builder request = StartApplicationRequest.builder().applicationId(id);
    calls.make(
        "StartApplication",
        limit -> client.startApplication(request.overrideConfiguration(limit).build()));
  }

  void stop() throws ServiceCallException {
    StopApplicationRequest.Builder request = StopApplicationRequest.builder().applicationId(id);
    calls.make(
        "StopApplication",
        limit -> client.stopApplication(request.overrideConfiguration(limit).build()));
  }

  /** Who uses it, in a word and an id; empty where nobody does, and has not for a while. */
  Optional<String> user(Instant now) throws ServiceCallException {
    ListSessionsRequest.Builder live =
        ListSessionsRequest.builder().applicationId(id).statesWithStrings(LIVE_SESSIONS);
    SessionSummary session = find(live.maxResults(1), Instant.MIN);
    if (session != null) {
      return Optional.of("session %s is %s".formatted(session.sessionId(), session.state()));
    }
    String jobRun = jobRun();
    if (jobRun != null) {
      return Optional.of("job run %s is not over".formatted(jobRun));
    }
    ListSessionsRequest.Builder ended =
        ListSessionsRequest.builder()
            .applicationId(id)
            .statesWithStrings(ENDED_SESSIONS)
            .createdAtAfter(now.minus(LIFE));
    SessionSummary last = find(ended.maxResults(Pages.SIZE), now.minus(GRACE));
    return last == null
        ? Optional.empty()
        : Optional.of(
            "session %s ended within %d minutes".formatted(last.sessionId(), GRACE.toMinutes()));
  }

  /** A session that changed after a moment; null where there is none. */
  private @Nullable SessionSummary find(ListSessionsRequest.Builder request, Instant after)
      throws ServiceCallException {
    Pages pages = new Pages("ListSessions");
    ListSessionsResponse page;
    do {
      request.nextToken(pages.token());
      page =
          calls.make(
              "ListSessions",
              limit -> client.listSessions(request.overrideConfiguration(limit).build()));
      for (SessionSummary session : page.sessions()) {
        if (session.updatedAt() == null || session.updatedAt().isAfter(after)) {
          return session;
        }
      }
    } while (pages.turn(page.nextToken()));
    return null;
  }

  private @Nullable String jobRun() throws ServiceCallException {
    ListJobRunsRequest.Builder request =
        ListJobRunsRequest.builder()
            .applicationId(id)
            .statesWithStrings(LIVE_JOB_RUNS)
            .maxResults(1);
    Pages pages = new Pages("ListJobRuns");
    ListJobRunsResponse page;
    do {
      request.nextToken(pages.token());
      page =
          calls.make(
              "ListJobRuns",
              limit -> client.listJobRuns(request.overrideConfiguration(limit).build()));
      if (!page.jobRuns().isEmpty()) {
        return page.jobRuns().get(0).id();
      }
    } while (pages.turn(page.nextToken()));
    return null;
  }
}
