package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job run: what was asked for, and its state. Nothing is run: it is there to be in the way of
 * updates and stops until it is cancelled. Guarded by its {@link Estate}.
 */
final class JobRun {

  /** Long enough for a client to see it cancelling. */
  private static final Duration CANCELLING = Duration.ofSeconds(1);

  private final String id;
  private final String applicationId;
  private final long number;
  private final JsonNode request;
  private final Map<String, String> tags;
  private final String createdBy;
  private final Instant createdAt;

  private JobRunState state = JobRunState.RUNNING;
  private String stateDetails = "The sandbox runs no job; it is RUNNING until it is cancelled.";
  private Instant updatedAt;

  /**
   * A job run that runs at once.
   *
   * @param number its place in the order of creation
   * @param request of StartJobRun
   */
  JobRun(
      String id,
      String applicationId,
      long number,
      JsonNode request,
      Map<String, String> tags,
      String createdBy,
      Instant now) {
    this.id = id;
    this.applicationId = applicationId;
    this.number = number;
    this.request = request;
    this.tags = new LinkedHashMap<>(tags);
    this.createdBy = createdBy;
    this.createdAt = now;
    this.updatedAt = now;
  }

  /** One that has ended, or is about to, is as its caller wants it. */
  void cancel(Instant now, String why) {
    if (!state.over() && state != JobRunState.CANCELLING) {
      become(JobRunState.CANCELLING, now, why);
    }
  }

  /** Whether it ends now. */
  boolean endIfDue(Instant now) {
    boolean due = state == JobRunState.CANCELLING && !now.isBefore(updatedAt.plus(CANCELLING));
    if (due) {
      become(JobRunState.CANCELLED, now, stateDetails);
    }
    return due;
  }

  private void become(JobRunState next, Instant now, String details) {
    state = next;
    stateDetails = details.substring(0, Math.min(details.length(), 256));
    updatedAt = now;
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

  Map<String, String> tags() {
    return tags;
  }

  String createdBy() {
    return createdBy;
  }

  Instant createdAt() {
    return createdAt;
  }

  JobRunState state() {
    return state;
  }

  String stateDetails() {
    return stateDetails;
  }

  Instant updatedAt() {
    return updatedAt;
  }
}
