package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** Job runs and their attempts as the service shows them. */
final class JobRunViews {

  private static final List<String> AS_ASKED =
      List.of("jobDriver", "configurationOverrides", "retryPolicy");

  private final Estate estate;
  private final Arns arns;

  JobRunViews(Estate estate, Arns arns) {
    this.estate = estate;
    this.arns = arns;
  }

  /** All that GetJobRun tells. */
  ObjectNode jobRun(JobRun run, JobAttempt attempt, Present present) {
    ObjectNode json = common(run, attempt, present).put("jobRunId", run.id());
    json.set("createdAt", present.json(run.createdAt()));
    json.set("attemptCreatedAt", present.json(attempt.createdAt()));
    json.set("attemptUpdatedAt", present.json(attempt.updatedAt()));
    for (String member : AS_ASKED) {
      if (run.request().has(member)) {
        json.set(member, run.request().get(member));
      }
    }
    json.put("executionTimeoutMinutes", run.submission().timeout().toMinutes());
    run.queued().map(Duration::toMillis).ifPresent(m -> json.put("queuedDurationMilliseconds", m));
    JsonNode settings = estate.application(run.applicationId()).settings();
    WorkView.add(json, run, attempt.holding(), settings, present);
    return json;
  }

  /** What a list of runs tells. */
  ObjectNode summary(JobRun run, Present present) {
    JobAttempt attempt = run.current();
    ObjectNode json = common(run, attempt, present).put("id", run.id());
    json.set("createdAt", present.json(run.createdAt()));
    json.set("attemptCreatedAt", present.json(attempt.createdAt()));
    json.set("attemptUpdatedAt", present.json(attempt.updatedAt()));
    return json.put("type", type(run));
  }

  /** What a list of attempts tells. */
  ObjectNode attempt(JobRun run, JobAttempt attempt, Present present) {
    ObjectNode json = common(run, attempt, present).put("id", run.id());
    json.set("jobCreatedAt", present.json(run.createdAt()));
    json.set("createdAt", present.json(attempt.createdAt()));
    return json.put("type", type(run));
  }

  private ObjectNode common(JobRun run, JobAttempt attempt, Present present) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("applicationId", run.applicationId());
    json.put("arn", arns.jobRun(run.applicationId(), run.id()));
    if (!run.name().isEmpty()) {
      json.put("name", run.name());
    }
    json.put("mode", run.mode());
    json.put("createdBy", run.createdBy());
    json.set("updatedAt", present.json(attempt.updatedAt()));
    json.put("executionRole", run.executionRoleArn());
    json.put("state", attempt.state().name());
    json.put("stateDetails", attempt.stateDetails());
    json.put("attempt", attempt.number());
    json.put(
        "releaseLabel",
        estate.application(run.applicationId()).settings().path("releaseLabel").asText());
    return json;
  }

  private String type(JobRun run) {
    return estate.application(run.applicationId()).settings().path("type").asText();
  }
}
