package io.sparkgate.jobs;

import static java.util.Objects.requireNonNull;

import io.sparkgate.internal.Findings;
import io.sparkgate.internal.SchedulerRole;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.IRole;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.scheduler.ContextAttribute;
import software.amazon.awscdk.services.scheduler.Schedule;
import software.amazon.awscdk.services.scheduler.ScheduleExpression;
import software.amazon.awscdk.services.scheduler.ScheduleTargetInput;
import software.amazon.awscdk.services.scheduler.targets.Universal;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * Starts a job run by the clock: a schedule of EventBridge Scheduler, its role, and a queue for
 * starts that failed. Scheduler tries a start again whose answer it did not get, and then a second
 * run may start: its user guide of 2026 calls the id that is the client token unique for each
 * attempted invocation. Let the job bear that. The next start does not wait for the last run to
 * end.
 *
 * <p>The run is owned by the schedule: its tag {@code sparkgate:owner} is the ARN of the schedule's
 * role, which is the identity of no person.
 *
 * <pre>{@code
 * ScheduledJobRun.Builder.create(this, "Nightly")
 *     .application(platform.getApplication())
 *     .executionRole(platform.getExecutionRole())
 *     .job(nightly)
 *     .schedule(ScheduleExpression.cron(CronOptionsWithTimezone.builder()
 *         .hour("3").minute("0").timeZone(TimeZone.EUROPE_BERLIN).build()))
 *     .build();
 * }</pre>
 */
public final class ScheduledJobRun extends Construct {

  private final Role role;
  private final Queue deadLetterQueue;
  private final Schedule schedule;

  private ScheduledJobRun(Builder props, JobStart start, ScheduleExpression when) {
    super(props.scope, props.id);
    new Findings(this)
        .warnIf(
            start.job().isStreaming(),
            "streamingRunsPileUp",
            """
            job is a streaming job, which never ends, so each time of the schedule adds a run; use \
            a schedule of one time""");
    refuseExpressions(start.job());
    start.prepare(this);
    role = SchedulerRole.create(this, "Role", "Starts a job run of EMR Serverless by the clock");
    deadLetterQueue =
        Queue.Builder.create(this, "DeadLetterQueue")
            .encryption(QueueEncryption.SQS_MANAGED)
            .enforceSsl(true)
            .retentionPeriod(Duration.days(14))
            .build();
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("ClientToken", ContextAttribute.getExecutionId());
    input.putAll(start.request(role.getRoleArn()));
    schedule =
        Schedule.Builder.create(this, "Schedule")
            .description("Starts a job run of EMR Serverless")
            .schedule(when)
            .target(
                Universal.Builder.create()
                    .service("emrserverless")
                    .action("startJobRun")
                    .input(ScheduleTargetInput.fromObject(input))
                    .policyStatements(start.needed(this, false))
                    .role(role)
                    .deadLetterQueue(deadLetterQueue)
                    .build())
            .enabled(props.enabled)
            .build();
  }

  private void refuseExpressions(SparkJob job) {
    Expressions.firstOf(job.request(), job.tags(), job.getConf())
        .ifPresent(
            text -> {
              throw new Findings(this)
                  .error(
                      """
                      job has '%s', but expressions are Step Functions' only, and a schedule sends \
                      this text as it is; use what EventBridge Scheduler fills in, such as \
                      <aws.scheduler.scheduled-time>, or a state machine with \
                      EmrServerlessStartJobRun"""
                          .formatted(text));
            });
  }

  /** {@return the role that starts the run, whose ARN is the owner of the run} */
  public IRole getRole() {
    return role;
  }

  /** {@return the queue that keeps, for 14 days, the starts that failed} */
  public IQueue getDeadLetterQueue() {
    return deadLetterQueue;
  }

  /** {@return the schedule} */
  public Schedule getSchedule() {
    return schedule;
  }

  /** A fluent builder for {@link ScheduledJobRun}. */
  public static final class Builder extends JobSetters<Builder>
      implements software.amazon.jsii.Builder<ScheduledJobRun> {

    private @Nullable ScheduleExpression schedule;
    private boolean enabled = true;

    private Builder(Construct scope, String id) {
      super(scope, id);
    }

    /**
     * {@return a new builder}
     *
     * @param scope the parent construct
     * @param id the construct id
     */
    public static Builder create(Construct scope, String id) {
      return new Builder(scope, id);
    }

    /**
     * Sets when. Required.
     *
     * @param schedule with its time zone; UTC without one
     * @return this builder
     */
    public Builder schedule(ScheduleExpression schedule) {
      this.schedule = requireNonNull(schedule, "schedule");
      return this;
    }

    /**
     * Switches the schedule off or on. Default: on.
     *
     * @param enabled false to keep it without starting anything
     * @return this builder
     */
    public Builder enabled(boolean enabled) {
      this.enabled = enabled;
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public ScheduledJobRun build() {
      return new ScheduledJobRun(
          this, start(), JobStart.required(scope, id, "schedule", "when it is started", schedule));
    }
  }
}
