package io.sparkgate.function.aws;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.emrserverless.model.GetJobRunRequest;
import software.amazon.awssdk.services.emrserverless.model.JobRun;
import software.amazon.awssdk.services.emrserverless.model.ListJobRunsRequest;
import software.amazon.awssdk.services.emrserverless.model.ListJobRunsResponse;

/**
 * The job runs of the service: those that live, of any age, or those that are over and were created
 * in the last days.
 */
public final class JobRunHistory extends Listing<ListedWork, Work> {

  private static final List<String> LIVING =
      List.of("SUBMITTED", "PENDING", "SCHEDULED", "QUEUED", "RUNNING", "CANCELLING");

  private static final List<String> OVER = List.of("SUCCESS", "FAILED", "CANCELLED");

  private final EmrServerlessClient client;
  private final Calls calls;
  private final List<String> states;
  private final @Nullable Instant createdAfter;

  private JobRunHistory(
      EmrServerlessClient client,
      Calls calls,
      List<String> states,
      @Nullable Instant createdAfter) {
    super("ListJobRuns");
    this.client = client;
    this.calls = calls;
    this.states = states;
    this.createdAfter = createdAfter;
  }

  public static JobRunHistory living(EmrServerlessClient client, Calls calls) {
    return new JobRunHistory(client, calls, LIVING, null);
  }

  public static JobRunHistory over(EmrServerlessClient client, Calls calls, Instant createdAfter) {
    return new JobRunHistory(client, calls, OVER, createdAfter);
  }

  @Override
  public Page<ListedWork> page(String application, @Nullable String token)
      throws ServiceCallException {
    ListJobRunsRequest.Builder request =
        ListJobRunsRequest.builder()
            .applicationId(application)
            .statesWithStrings(states)
            .createdAtAfter(createdAfter)
            .maxResults(Pages.SIZE)
            .nextToken(token);
    ListJobRunsResponse response =
        calls.make(
            list(), limit -> client.listJobRuns(request.overrideConfiguration(limit).build()));
    return page(
        response.jobRuns(),
        summary -> new ListedWork(JobRuns.listed(summary), summary.updatedAt()),
        summary -> "job run " + (summary == null ? null : summary.id()),
        response.nextToken());
  }

  @Override
  Work read(ListedWork one) throws ServiceCallException {
    GetJobRunRequest.Builder request =
        GetJobRunRequest.builder().applicationId(one.listed().applicationId()).jobRunId(one.id());
    return calls.make(
        "GetJobRun",
        limit -> work(client.getJobRun(request.overrideConfiguration(limit).build()).jobRun()));
  }

  private static Work work(JobRun run) {
    return new Work(
        JobRuns.jobRun(run),
        run.startedAt(),
        run.endedAt(),
        run.updatedAt(),
        run.stateDetails(),
        Billed.of(run.billedResourceUtilization()));
  }
}
