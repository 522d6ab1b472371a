package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The operations on job runs. The estate is held, the call is authorized and valid. */
final class JobRunOperations {

  private final Estate estate;
  private final Arns arns;
  private final ApplicationRunner applications;
  private final Idempotency idempotency = new Idempotency();

  JobRunOperations(Estate estate, Arns arns, ApplicationRunner applications) {
    this.estate = estate;
    this.arns = arns;
    this.applications = applications;
  }

  JsonNode start(Call call) {
    Application application = estate.application(call.text("applicationId"));
    return idempotency.once(call, () -> start(application, call));
  }

  private JsonNode start(Application application, Call call) {
    Map<String, String> tags = Tags.merge(Map.of(), Tags.in(call.input()));
    applications.requireStarted(application, call.present().now(), "Started by a job run.");
    JobRun run =
        new JobRun(
            call.newId(),
            application.id(),
            estate.nextNumber(),
            call.input(),
            tags,
            call.caller().arn(),
            call.present().now());
    application.add(run);
    return ids(run).put("arn", arn(run));
  }

  /** Newer ones first. */
  JsonNode list(Call call) {
    JsonNode input = call.input();
    Instant after = call.time("createdAtAfter", Instant.MIN);
    Instant before = call.time("createdAtBefore", Instant.MAX);
    String mode = input.path("mode").asText();
    List<JobRun> found =
        estate.application(call.text("applicationId")).jobRuns().stream()
            .filter(run -> States.selects(input.path("states"), run.state()))
            .filter(run -> mode.isEmpty() || mode.equals(mode(run)))
            .filter(run -> !run.createdAt().isBefore(after) && !run.createdAt().isAfter(before))
            .toList();
    return Page.of(
        "jobRuns",
        found,
        run -> Long.MAX_VALUE - run.number(),
        run -> common(run, call.present()).put("id", run.id()),
        input);
  }

  JsonNode get(Call call) {
    JobRun run = jobRun(call);
    ObjectNode json = common(run, call.present()).put("jobRunId", run.id());
    for (String member :
        List.of("jobDriver", "configurationOverrides", "executionTimeoutMinutes")) {
      if (run.request().has(member)) {
        json.set(member, run.request().get(member));
      }
    }
    json.set("tags", Tags.json(run.tags()));
    return JsonNodeFactory.instance.objectNode().set("jobRun", json);
  }

  JsonNode cancel(Call call) {
    JobRun run = jobRun(call);
    run.cancel(call.present().now(), "Cancelled by " + call.caller().arn() + ".");
    return ids(run);
  }

  private JobRun jobRun(Call call) {
    return estate.jobRun(call.text("applicationId"), call.text("jobRunId"));
  }

  /** What a list tells and GetJobRun tells too. */
  private ObjectNode common(JobRun run, Present present) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("applicationId", run.applicationId());
    json.put("arn", arn(run));
    if (run.request().has("name")) {
      json.set("name", run.request().get("name"));
    }
    json.put("mode", mode(run));
    json.put("createdBy", run.createdBy());
    json.set("createdAt", present.json(run.createdAt()));
    json.set("updatedAt", present.json(run.updatedAt()));
    json.set("executionRole", run.request().get("executionRoleArn"));
    json.put("state", run.state().name());
    json.put("stateDetails", run.stateDetails());
    json.put(
        "releaseLabel",
        estate.application(run.applicationId()).settings().path("releaseLabel").asText());
    return json;
  }

  private static String mode(JobRun run) {
    return run.request().path("mode").asText("BATCH");
  }

  private String arn(JobRun run) {
    return arns.jobRun(run.applicationId(), run.id());
  }

  private static ObjectNode ids(JobRun run) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("applicationId", run.applicationId())
        .put("jobRunId", run.id());
  }
}
