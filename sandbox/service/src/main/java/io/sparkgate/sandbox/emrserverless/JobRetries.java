package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How often a job run is tried: a batch run so many times in all, a streaming run without end, but
 * for too many failures in an hour.
 *
 * @param streaming whether the limit is one of failures in an hour
 */
record JobRetries(boolean streaming, int limit) {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST = 10;
  private static final int FAILURES_PER_HOUR = 5;

  static JobRetries of(JsonNode request) {
    boolean streaming = request.path("mode").asText().equals("STREAMING");
    JsonNode policy = request.path("retryPolicy");
    String own = streaming ? "maxFailedAttemptsPerHour" : "maxAttempts";
    String others = streaming ? "maxAttempts" : "maxFailedAttemptsPerHour";
    if (policy.has(others)) {
      throw Fault.validation(
          "retryPolicy.%s is not for job runs of mode %s; they have %s."
              .formatted(others, streaming ? "STREAMING" : "BATCH", own));
    }
    int limit = policy.path(own).asInt(streaming ? FAILURES_PER_HOUR : 1);
    if (limit > MOST) {
      throw Fault.validation(
          "retryPolicy.%s is %d; it may be from 1 to %d.".formatted(own, limit, MOST));
    }
    return new JobRetries(streaming, limit);
  }

  /** Whether there may be more than one attempt. */
  boolean any() {
    return streaming || limit > 1;
  }

  /** Whether there may be one more, after the last one failed. */
  boolean again(List<JobAttempt> attempts, Instant now) {
    if (!streaming) {
      return attempts.size() < limit;
    }
    long failures =
        attempts.stream().filter(attempt -> attempt.updatedAt().isAfter(now.minus(HOUR))).count();
    return failures < limit;
  }
}
