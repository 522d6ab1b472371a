package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The operations on job runs. The estate is held, the call is authorized and valid. */
final class JobRunOperations {

  /** In seconds, of a streaming run that is cancelled without a word about it. */
  private static final int STREAMING_GRACE = 120;

  private static final int LEAST_GRACE = 15;
  private static final int MOST_GRACE = 1800;

  private final Estate estate;
  private final Arns arns;
  private final JobRunViews views;
  private final ApplicationRunner applications;
  private final JobRunner runner;
  private final Idempotency idempotency = new Idempotency();

  JobRunOperations(Estate estate, Arns arns, ApplicationRunner applications, JobRunner runner) {
    this.estate = estate;
    this.arns = arns;
    this.views = new JobRunViews(estate, arns);
    this.applications = applications;
    this.runner = runner;
  }

  JsonNode start(Call call) {
    Application application = estate.application(call.text("applicationId"));
    return idempotency.once(call, () -> start(application, call));
  }

  private JsonNode start(Application application, Call call) {
    JobSubmission submission =
        JobSubmission.of(application.id(), application.settings(), call.input());
    Map<String, String> tags = Tags.merge(Map.of(), Tags.in(call.input()));
    applications.requireStarted(application, call.present().now(), "Started by a job run.");
    JobRun run = new JobRun(call, estate.nextNumber(), submission, tags);
    application.add(run);
    runner.launch(run);
    return ids(run).put("arn", arns.jobRun(application.id(), run.id()));
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
            .filter(run -> mode.isEmpty() || mode.equals(run.mode()))
            .filter(run -> !run.createdAt().isBefore(after) && !run.createdAt().isAfter(before))
            .toList();
    return Page.of(
        "jobRuns",
        found,
        run -> Long.MAX_VALUE - run.number(),
        run -> views.summary(run, call.present()),
        input);
  }

  JsonNode get(Call call) {
    JobRun run = jobRun(call);
    return empty().set("jobRun", views.jobRun(run, attempt(run, call), call.present()));
  }

  /** The first one first. */
  JsonNode attempts(Call call) {
    JobRun run = jobRun(call);
    return Page.of(
        "jobRunAttempts",
        run.attempts(),
        JobAttempt::number,
        attempt -> views.attempt(run, attempt, call.present()),
        call.input());
  }

  /** The driver's own Spark UI, or that of its history; nothing before it has one. */
  JsonNode dashboard(Call call) {
    JobRun run = jobRun(call);
    ObjectNode answer = empty();
    runner.sparkUi(run, attempt(run, call)).ifPresent(url -> answer.put("url", url));
    return answer;
  }

  JsonNode cancel(Call call) {
    JobRun run = jobRun(call);
    runner.cancel(run, grace(run, call.input()), "Cancelled by " + call.caller().arn() + ".");
    return ids(run);
  }

  private static Duration grace(JobRun run, JsonNode input) {
    int byDefault = run.mode().equals("STREAMING") ? STREAMING_GRACE : 0;
    int seconds = input.path("shutdownGracePeriodInSeconds").asInt(byDefault);
    if (seconds != 0 && (seconds < LEAST_GRACE || seconds > MOST_GRACE)) {
      throw Fault.validation(
          "shutdownGracePeriodInSeconds is %d; it may be 0, or from %d to %d."
              .formatted(seconds, LEAST_GRACE, MOST_GRACE));
    }
    return Duration.ofSeconds(seconds);
  }

  /** Ends all that runs. */
  void close() {
    for (Application application : estate.applications()) {
      for (JobRun run : application.liveJobRuns()) {
        runner.cancel(run, Duration.ZERO, "The sandbox is closing.");
      }
    }
  }

  private JobRun jobRun(Call call) {
    return estate.jobRun(call.text("applicationId"), call.text("jobRunId"));
  }

  /** The one that is asked for, or the last. */
  private static JobAttempt attempt(JobRun run, Call call) {
    int number = call.input().path("attempt").asInt(run.attempts().size());
    if (number > run.attempts().size()) {
      throw Fault.notFound("Attempt " + number + " of job run", run.id());
    }
    return run.attempts().get(number - 1);
  }

  private static ObjectNode ids(JobRun run) {
    return empty().put("applicationId", run.applicationId()).put("jobRunId", run.id());
  }

  private static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
