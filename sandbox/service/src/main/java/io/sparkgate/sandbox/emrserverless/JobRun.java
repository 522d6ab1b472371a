package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.emrserverless.ResourceUse.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job run: what was asked for, and its attempts, the last of which is what it is. Guarded by its
 * {@link Estate}.
 */
final class JobRun {

  private final String id;
  private final String applicationId;
  private final long number;
  private final JsonNode request;
  private final JobSubmission submission;
  private final Map<String, String> tags;
  private final String createdBy;
  private final Instant createdAt;
  private final List<JobAttempt> attempts = new ArrayList<>();
  private @Nullable Instant leftQueueAt;

  /**
   * A job run that was asked for.
   *
   * @param number its place in the order of creation
   * @param request of StartJobRun
   * @param submission what the request adds up to with the application
   */
  JobRun(
      String id,
      String applicationId,
      long number,
      JsonNode request,
      JobSubmission submission,
      Map<String, String> tags,
      String createdBy,
      Instant now) {
    this.id = id;
    this.applicationId = applicationId;
    this.number = number;
    this.request = request;
    this.submission = submission;
    this.tags = new LinkedHashMap<>(tags);
    this.createdBy = createdBy;
    this.createdAt = now;
    attempts.add(new JobAttempt(1, now));
  }

  /** Begins another try. */
  JobAttempt retry(Instant now) {
    JobAttempt next = new JobAttempt(attempts.size() + 1, now);
    attempts.add(next);
    return next;
  }

  /** Remembers how long it waited for others. */
  void leavesQueue(Instant now) {
    leftQueueAt = now;
  }

  String id() {
    return id;
  }

  String applicationId() {
    return applicationId;
  }

  long number() {
    return number;
  }

  JsonNode request() {
    return request;
  }

  JobSubmission submission() {
    return submission;
  }

  Map<String, String> tags() {
    return tags;
  }

  String createdBy() {
    return createdBy;
  }

  Instant createdAt() {
    return createdAt;
  }

  /** Empty when it has none. */
  String name() {
    return request.path("name").asText("");
  }

  /** BATCH or STREAMING. */
  String mode() {
    return request.path("mode").asText("BATCH");
  }

  String executionRoleArn() {
    return request.path("executionRoleArn").asText();
  }

  List<JobAttempt> attempts() {
    return attempts;
  }

  /** The one that is what the run is. */
  JobAttempt current() {
    return attempts.get(attempts.size() - 1);
  }

  JobRunState state() {
    return current().state();
  }

  /** When its first driver began to run. */
  Optional<Instant> startedAt() {
    return attempts.stream().flatMap(attempt -> attempt.startedAt().stream()).findFirst();
  }

  /** For how long the workers of each attempt were there. */
  List<Stretch> stretches() {
    return attempts.stream().flatMap(attempt -> attempt.stretch().stream()).toList();
  }

  /** How long it waited in the queue, if it did. */
  Optional<Duration> queued() {
    return Optional.ofNullable(leftQueueAt).map(left -> Duration.between(createdAt, left));
  }

  /** Whether it has taken longer than it may. */
  boolean timedOut(Instant now) {
    Duration timeout = submission.timeout();
    return !timeout.isZero()
        && state() != JobRunState.CANCELLING
        && startedAt().map(start -> !now.isBefore(start.plus(timeout))).orElse(false);
  }
}
