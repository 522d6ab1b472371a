package io.sparkgate.function.reaper;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the list tells about a job run.
 *
 * @param attemptCreatedAt when the attempt began that is made now; absent where there is one only
 */
public record ListedJobRun(
    String applicationId,
    String jobRunId,
    @Nullable String name,
    String createdBy,
    String executionRole,
    JobRunState state,
    JobRunMode mode,
    Instant createdAt,
    @Nullable Instant attemptCreatedAt)
    implements Listed {

  /**
   * Refuses what nothing can be decided on, so that it fails where the service's answer is read.
   */
  public ListedJobRun {
    Objects.requireNonNull(jobRunId, "job run id is missing");
    Objects.requireNonNull(state, "state is missing");
    Objects.requireNonNull(createdAt, "createdAt is missing");
  }

  @Override
  public Subject subject() {
    return Subject.JOB_RUN;
  }

  @Override
  public String id() {
    return jobRunId;
  }

  @Override
  public Map<String, String> details() {
    return Map.of("mode", mode.name());
  }

  /** Since when it waits, if it does: a streaming job that failed is tried again for ever. */
  Instant attemptedAt() {
    return attemptCreatedAt == null || attemptCreatedAt.isBefore(createdAt)
        ? createdAt
        : attemptCreatedAt;
  }
}
