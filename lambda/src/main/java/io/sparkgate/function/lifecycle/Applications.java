package io.sparkgate.function.lifecycle;

import io.sparkgate.function.aws.Calls;
import io.sparkgate.function.aws.Pages;
import io.sparkgate.function.aws.ServiceCallException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.CancelJobRunRequest;
import software.amazon.awssdk.services.emrserverless.model.GetApplicationRequest;
import software.amazon.awssdk.services.emrserverless.model.JobRunState;
import software.amazon.awssdk.services.emrserverless.model.JobRunSummary;
import software.amazon.awssdk.services.emrserverless.model.ListJobRunsRequest;
import software.amazon.awssdk.services.emrserverless.model.ListJobRunsResponse;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsRequest;
import software.amazon.awssdk.services.emrserverless.model.ListSessionsResponse;
import software.amazon.awssdk.services.emrserverless.model.SessionState;
import software.amazon.awssdk.services.emrserverless.model.SessionSummary;
import software.amazon.awssdk.services.emrserverless.model.StopApplicationRequest;
import software.amazon.awssdk.services.emrserverless.model.TerminateSessionRequest;

/** The applications of the service, in our own words. */
final class Applications {

  private static final Set<SessionState> SESSIONS =
      Set.of(
          SessionState.SUBMITTED,
          SessionState.STARTING,
          SessionState.STARTED,
          SessionState.IDLE,
          SessionState.BUSY,
          SessionState.TERMINATING);

  private static final Set<JobRunState> JOB_RUNS =
      Set.of(
          JobRunState.SUBMITTED,
          JobRunState.PENDING,
          JobRunState.SCHEDULED,
          JobRunState.QUEUED,
          JobRunState.RUNNING,
          JobRunState.CANCELLING);

  private final EmrServerlessClient client;
  private final Calls calls;

  Applications(EmrServerlessClient client, Calls calls) {
    this.client = client;
    this.calls = calls;
  }

  /** The application as it is now. */
  Observation look(String application) throws ServiceCallException {
    ApplicationState state = state(application);
    if (!state.running()) {
      return new Observation(state);
    }
    List<Work> work = new ArrayList<>(sessions(application));
    work.addAll(jobRuns(application));
    return new Observation(state, work);
  }

  void stop(String application) throws ServiceCallException {
    StopApplicationRequest.Builder request =
        StopApplicationRequest.builder().applicationId(application);
    calls.make(
        "StopApplication",
        limit -> client.stopApplication(request.overrideConfiguration(limit).build()));
  }

  void end(String application, Work work) throws ServiceCallException {
    switch (work.kind()) {
      case SESSION -> {
        TerminateSessionRequest.Builder request =
            TerminateSessionRequest.builder().applicationId(application).sessionId(work.id());
        calls.make(
            "TerminateSession",
            limit -> client.terminateSession(request.overrideConfiguration(limit).build()));
      }
      case JOB_RUN -> {
        CancelJobRunRequest.Builder request =
            CancelJobRunRequest.builder().applicationId(application).jobRunId(work.id());
        calls.make(
            "CancelJobRun",
            limit -> client.cancelJobRun(request.overrideConfiguration(limit).build()));
      }
    }
  }

  private ApplicationState state(String application) throws ServiceCallException {
    GetApplicationRequest.Builder request =
        GetApplicationRequest.builder().applicationId(application);
    try {
      return calls.make(
          "GetApplication",
          limit ->
              state(
                  client
                      .getApplication(request.overrideConfiguration(limit).build())
                      .application()
                      .state()));
    } catch (ServiceCallException e) {
      if (e.kind() == ServiceCallException.Kind.NOT_FOUND) {
        return ApplicationState.GONE;
      }
      throw e;
    }
  }

  private List<Work> sessions(String application) throws ServiceCallException {
    ListSessionsRequest.Builder request =
        ListSessionsRequest.builder()
            .applicationId(application)
            .statesWithStrings(SESSIONS.stream().map(SessionState::toString).toList())
            .maxResults(Pages.SIZE);
    List<Work> sessions = new ArrayList<>();
    Pages pages = new Pages("ListSessions");
    ListSessionsResponse page;
    do {
      request.nextToken(pages.token());
      page =
          calls.make(
              "ListSessions",
              limit -> client.listSessions(request.overrideConfiguration(limit).build()));
      page.sessions().forEach(session -> sessions.add(work(session)));
    } while (pages.turn(page.nextToken()));
    return sessions;
  }

  private List<Work> jobRuns(String application) throws ServiceCallException {
    ListJobRunsRequest.Builder request =
        ListJobRunsRequest.builder()
            .applicationId(application)
            .statesWithStrings(JOB_RUNS.stream().map(JobRunState::toString).toList())
            .maxResults(Pages.SIZE);
    List<Work> jobRuns = new ArrayList<>();
    Pages pages = new Pages("ListJobRuns");
    ListJobRunsResponse page;
    do {
      request.nextToken(pages.token());
      page =
          calls.make(
              "ListJobRuns",
              limit -> client.listJobRuns(request.overrideConfiguration(limit).build()));
      page.jobRuns().forEach(jobRun -> jobRuns.add(work(jobRun)));
    } while (pages.turn(page.nextToken()));
    return jobRuns;
  }

  private static Work work(SessionSummary session) {
    return new Work(
        Work.Kind.SESSION,
        session.sessionId(),
        session.name(),
        session.createdBy(),
        session.stateAsString(),
        session.state() == SessionState.TERMINATING);
  }

  private static Work work(JobRunSummary jobRun) {
    return new Work(
        Work.Kind.JOB_RUN,
        jobRun.id(),
        jobRun.name(),
        jobRun.createdBy(),
        jobRun.stateAsString(),
        jobRun.state() == JobRunState.CANCELLING);
  }

  private static ApplicationState state(
      software.amazon.awssdk.services.emrserverless.model.ApplicationState state) {
    return switch (state) {
      case CREATING -> ApplicationState.CREATING;
      case CREATED -> ApplicationState.CREATED;
      case STARTING -> ApplicationState.STARTING;
      case STARTED -> ApplicationState.STARTED;
      case STOPPING -> ApplicationState.STOPPING;
      case STOPPED -> ApplicationState.STOPPED;
      case TERMINATED -> ApplicationState.TERMINATED;
      case UNKNOWN_TO_SDK_VERSION -> ApplicationState.UNKNOWN;
    };
  }
}
