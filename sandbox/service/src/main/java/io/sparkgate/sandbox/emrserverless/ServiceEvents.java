package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The service's own four events: of applications and of job runs, and none of sessions. The estate
 * is held.
 */
final class ServiceEvents implements Narrator {

  /** How often a running job run tells what it uses. */
  private static final Duration UTILIZATION = Duration.ofMinutes(30);

  private final Estate estate;
  private final Arns arns;
  private final SandboxClock clock;
  private final Consumer<JsonNode> bus;
  private final Map<String, Instant> calculated = new HashMap<>();

  ServiceEvents(Estate estate, Arns arns, SandboxClock clock, Consumer<JsonNode> bus) {
    this.estate = estate;
    this.arns = arns;
    this.clock = clock;
    this.bus = bus;
  }

  @Override
  public void session(SessionMove move) {
    // AWS has no event of them.
  }

  @Override
  public void advice(Advice advice) {
    // It is the sandbox's own.
  }

  @Override
  public void application(ApplicationMove move) {
    Application application = estate.application(move.applicationId());
    JsonNode settings = application.settings();
    ObjectNode detail = object().put("applicationId", application.id());
    detail.put("applicationName", application.name()).put("arn", application.arn());
    detail.put("releaseLabel", settings.path("releaseLabel").asText()).put("state", move.to());
    detail.put("type", settings.path("type").asText());
    detail.put("createdAt", text(application.createdAt())).put("updatedAt", text(move.at()));
    // The API spells both names otherwise.
    JsonNode autoStop = settings.path("autoStopConfiguration");
    detail
        .putObject("autoStopConfig")
        .put("enabled", autoStop.path("enabled").asBoolean())
        .put("idleTimeout", autoStop.path("idleTimeoutMinutes").asLong());
    detail.putObject("autoStartConfig").put("enabled", application.startsByWork());
    put("EMR Serverless Application State Change", move.at(), List.of(), detail);
  }

  @Override
  public void jobRun(JobRunMove move) {
    JobRun run = estate.jobRun(move.applicationId(), move.jobRunId());
    if (move.from().isEmpty() && move.attempt() > 1) {
      retried(run, move.at());
      return;
    }
    ObjectNode detail = common(run, move.at()).put("state", move.to());
    detail.put("previousState", move.from());
    put("EMR Serverless Job Run State Change", move.at(), List.of(), detail);
    if (run.state().over()) {
      utilization(run, move.at(), true);
      calculated.remove(run.id());
    }
  }

  private void retried(JobRun run, Instant now) {
    List<JobAttempt> attempts = run.attempts();
    JobAttempt before = attempts.get(attempts.size() - 2);
    ObjectNode detail = common(run, now).put("previousAttempt", before.number());
    detail.put("previousAttemptState", before.state().name());
    detail.put("previousAttemptCreatedAt", text(before.createdAt()));
    detail.put("previousAttemptEndedAt", text(before.holding().endedAt().orElse(now)));
    detail.put("newAttempt", run.current().number());
    detail.put("newAttemptCreatedAt", text(run.current().createdAt()));
    put("EMR Serverless Job Run Retry", now, List.of(), detail);
  }

  private ObjectNode common(JobRun run, Instant now) {
    ObjectNode detail = object().put("jobRunId", run.id());
    detail.put("applicationId", run.applicationId());
    detail.put("arn", arns.jobRun(run.applicationId(), run.id()));
    detail.put(
        "releaseLabel",
        estate.application(run.applicationId()).settings().path("releaseLabel").asText());
    return detail
        .put("createdBy", run.createdBy())
        .put("updatedAt", text(now))
        .put("createdAt", text(run.createdAt()));
  }

  /** Tells what job runs use that have run for half an hour more. */
  void tick(Instant now) {
    for (Application application : estate.applications()) {
      for (JobRun run : application.liveJobRuns()) {
        run.startedAt()
            .map(start -> calculated.getOrDefault(run.id(), start))
            .filter(since -> !now.isBefore(since.plus(UTILIZATION)))
            .ifPresent(since -> utilization(run, now, false));
      }
    }
  }

  private void utilization(JobRun run, Instant now, boolean last) {
    if (run.startedAt().isEmpty()) {
      return;
    }
    Instant from = calculated.getOrDefault(run.id(), run.startedAt().get());
    calculated.put(run.id(), now);
    ObjectNode detail = object().put("applicationId", run.applicationId());
    detail.put("jobRunId", run.id()).put("attempt", run.current().number());
    detail.put("mode", run.mode()).put("createdAt", text(run.createdAt()));
    detail.put("startedAt", text(run.startedAt().get()));
    detail.put("calculatedFrom", text(from)).put("calculatedTo", text(now));
    detail.put("resourceUtilizationFinal", last);
    detail.set("totalResourceUtilization", ResourceUse.total(run.stretches(), now).json());
    detail.set("totalBilledResourceUtilization", ResourceUse.billed(run.stretches(), now).json());
    put(
        "EMR Serverless Job Resource Utilization Update",
        now,
        List.of(arns.jobRun(run.applicationId(), run.id())),
        detail);
  }

  private void put(String type, Instant at, List<String> resources, ObjectNode detail) {
    ObjectNode event = object().put("version", "0").put("id", UUID.randomUUID().toString());
    event.put("detail-type", type).put("source", "aws.emr-serverless");
    event.put("account", arns.account()).put("time", text(at)).put("region", arns.region());
    resources.forEach(event.putArray("resources")::add);
    event.set("detail", detail);
    bus.accept(event);
  }

  private String text(Instant time) {
    return clock.shown(time).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
