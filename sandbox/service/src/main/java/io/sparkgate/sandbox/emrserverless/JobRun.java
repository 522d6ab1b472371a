package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.emrserverless.ResourceUse.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job run: its attempts, the last of which is what it is. Guarded by its {@link Estate}. */
final class JobRun extends Work {

  private final JobSubmission submission;
  private final List<JobAttempt> attempts = new ArrayList<>();
  private @Nullable Instant leftQueueAt;

  /**
   * A job run that was asked for.
   *
   * @param call of StartJobRun
   * @param number its place in the order of creation
   * @param submission what the request adds up to with the application
   */
  JobRun(Call call, long number, JobSubmission submission, Map<String, String> tags) {
    super(call, number, tags);
    this.submission = submission;
    attempts.add(new JobAttempt(1, createdAt()));
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

  JobSubmission submission() {
    return submission;
  }

  /** BATCH or STREAMING. */
  String mode() {
    return request().path("mode").asText("BATCH");
  }

  List<JobAttempt> attempts() {
    return attempts;
  }

  /** The one that is what the run is. */
  JobAttempt current() {
    return attempts.get(attempts.size() - 1);
  }

  @Override
  JobRunState state() {
    return current().state();
  }

  /** When its first driver began to run. */
  Optional<Instant> startedAt() {
    return attempts.stream().flatMap(attempt -> attempt.holding().startedAt().stream()).findFirst();
  }

  @Override
  List<Stretch> stretches() {
    return attempts.stream().flatMap(attempt -> attempt.holding().stretch().stream()).toList();
  }

  /** How long it waited in the queue, if it did. */
  Optional<Duration> queued() {
    return Optional.ofNullable(leftQueueAt).map(left -> Duration.between(createdAt(), left));
  }

  /** Whether it has taken longer than it may. */
  boolean timedOut(Instant now) {
    Duration timeout = submission.timeout();
    return !timeout.isZero()
        && state() != JobRunState.CANCELLING
        && startedAt().map(start -> !now.isBefore(start.plus(timeout))).orElse(false);
  }
}
