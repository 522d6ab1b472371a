package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.emrserverless.ResourceUse.Stretch;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A session or a job run: what was asked for, by whom, and what it costs. */
abstract class Work {

  private final String id;
  private final String applicationId;
  private final long number;
  private final JsonNode request;
  private final Map<String, String> tags;
  private final String createdBy;
  private final Instant createdAt;

  /**
   * One that was asked for.
   *
   * @param call of StartSession or StartJobRun
   * @param number its place in the order of creation
   */
  Work(Call call, long number, Map<String, String> tags) {
    this.id = call.newId();
    this.applicationId = call.text("applicationId");
    this.number = number;
    this.request = call.input();
    this.tags = new LinkedHashMap<>(tags);
    this.createdBy = call.caller().arn();
    this.createdAt = call.present().now();
  }

  final String id() {
    return id;
  }

  final String applicationId() {
    return applicationId;
  }

  final long number() {
    return number;
  }

  final JsonNode request() {
    return request;
  }

  /** May be changed. */
  final Map<String, String> tags() {
    return tags;
  }

  final String createdBy() {
    return createdBy;
  }

  final Instant createdAt() {
    return createdAt;
  }

  /** Empty when it has none. */
  final String name() {
    return request.path("name").asText("");
  }

  final String executionRoleArn() {
    return request.path("executionRoleArn").asText();
  }

  abstract Enum<?> state();

  /** For how long its workers were there, one for each driver that ran. */
  abstract List<Stretch> stretches();
}
