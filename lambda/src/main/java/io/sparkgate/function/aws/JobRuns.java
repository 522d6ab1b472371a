package io.sparkgate.function.aws;

import io.sparkgate.function.reaper.JobRun;
import io.sparkgate.function.reaper.JobRunMode;
import io.sparkgate.function.reaper.JobRunState;
import io.sparkgate.function.reaper.ListedJobRun;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.CancelJobRunRequest;
import software.amazon.awssdk.services.emrserverless.model.GetJobRunRequest;
import software.amazon.awssdk.services.emrserverless.model.JobRunSummary;
import software.amazon.awssdk.services.emrserverless.model.ListJobRunsRequest;
import software.amazon.awssdk.services.emrserverless.model.ListJobRunsResponse;

/** The job runs of the service. */
public final class JobRuns extends Subjects<ListedJobRun, JobRun> {

  private final EmrServerlessClient client;
  private final Calls calls;

  public JobRuns(EmrServerlessClient client, Calls calls) {
    super("ListJobRuns");
    this.client = client;
    this.calls = calls;
  }

  @Override
  public Page<ListedJobRun> page(String application, @Nullable String token)
      throws ServiceCallException {
    ListJobRunsRequest.Builder request =
        ListJobRunsRequest.builder()
            .applicationId(application)
            .statesWithStrings(JobRunState.LIVE.stream().map(Enum::name).toList())
            .maxResults(Pages.SIZE)
            .nextToken(token);
    ListJobRunsResponse response =
        calls.make(
            list(), limit -> client.listJobRuns(request.overrideConfiguration(limit).build()));
    return page(
        response.jobRuns(),
        JobRuns::listed,
        summary -> "job run " + (summary == null ? null : summary.id()),
        response.nextToken());
  }

  @Override
  JobRun read(ListedJobRun run) throws ServiceCallException {
    GetJobRunRequest.Builder request =
        GetJobRunRequest.builder().applicationId(run.applicationId()).jobRunId(run.jobRunId());
    return calls.make(
        "GetJobRun",
        limit -> jobRun(client.getJobRun(request.overrideConfiguration(limit).build()).jobRun()));
  }

  /** With the time to shut down that the service gives by default. */
  @Override
  void stop(ListedJobRun run) throws ServiceCallException {
    CancelJobRunRequest.Builder request =
        CancelJobRunRequest.builder().applicationId(run.applicationId()).jobRunId(run.jobRunId());
    calls.make(
        "CancelJobRun", limit -> client.cancelJobRun(request.overrideConfiguration(limit).build()));
  }

  static ListedJobRun listed(JobRunSummary summary) {
    return new ListedJobRun(
        summary.applicationId(),
        summary.id(),
        summary.name(),
        summary.createdBy(),
        summary.executionRole(),
        state(summary.state()),
        mode(summary.mode()),
        summary.createdAt(),
        summary.attemptCreatedAt());
  }

  static JobRun jobRun(software.amazon.awssdk.services.emrserverless.model.JobRun run) {
    return new JobRun(
        new ListedJobRun(
            run.applicationId(),
            run.jobRunId(),
            run.name(),
            run.createdBy(),
            run.executionRole(),
            state(run.state()),
            mode(run.mode()),
            run.createdAt(),
            run.attemptCreatedAt()),
        run.tags());
  }

  private static JobRunState state(
      software.amazon.awssdk.services.emrserverless.model.JobRunState state) {
    return switch (Objects.requireNonNull(state, "state is missing")) {
      case SUBMITTED -> JobRunState.SUBMITTED;
      case PENDING -> JobRunState.PENDING;
      case SCHEDULED -> JobRunState.SCHEDULED;
      case QUEUED -> JobRunState.QUEUED;
      case RUNNING -> JobRunState.RUNNING;
      case CANCELLING -> JobRunState.CANCELLING;
      case CANCELLED -> JobRunState.CANCELLED;
      case SUCCESS -> JobRunState.SUCCESS;
      case FAILED -> JobRunState.FAILED;
      case UNKNOWN_TO_SDK_VERSION -> JobRunState.UNKNOWN;
    };
  }

  /** The service need not say it: of a job run without, StartJobRun made a batch job. */
  private static JobRunMode mode(
      software.amazon.awssdk.services.emrserverless.model.@Nullable JobRunMode mode) {
    if (mode == null) {
      return JobRunMode.BATCH;
    }
    return switch (mode) {
      case BATCH -> JobRunMode.BATCH;
      case STREAMING -> JobRunMode.STREAMING;
      case UNKNOWN_TO_SDK_VERSION -> JobRunMode.UNKNOWN;
    };
  }
}
