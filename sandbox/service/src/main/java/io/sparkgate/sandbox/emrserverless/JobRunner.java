package io.sparkgate.sandbox.emrserverless;

import com.fasterxml.jackson.databind.JsonNode;
import io.sparkgate.sandbox.emrserverless.Capacity.WarmDriver;
import io.sparkgate.sandbox.emrserverless.JobDrivers.Job;
import io.sparkgate.sandbox.emrserverless.Narrator.JobRunMove;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Moves job runs from state to state, by what drivers tell and what users and time want, and tells
 * of it. Called by who holds the estate.
 */
final class JobRunner {

  /** For an application that asks for a queue without saying how long: the service's defaults. */
  private static final int CONCURRENT_RUNS = 15;

  private static final int QUEUE_TIMEOUT_MINUTES = 360;

  private final Estate estate;
  private final SandboxClock clock;
  private final JobDrivers drivers;
  private final Narrator narrator;

  JobRunner(Estate estate, SandboxClock clock, JobDrivers drivers, Narrator narrator) {
    this.estate = estate;
    this.clock = clock;
    this.drivers = drivers;
    this.narrator = narrator;
  }

  /** Starts a new run, or lets it wait for others. */
  void launch(JobRun run) {
    tell(run, run.current(), "", run.current().stateDetails());
    Application application = estate.application(run.applicationId());
    if (running(application) >= concurrentRuns(application)) {
      move(
          run,
          JobRunState.QUEUED,
          "The application runs %d job runs at a time.".formatted(concurrentRuns(application)));
    } else {
      begin(run);
    }
  }

  /** Ends a run, if it has not ended; what is about to end is as its caller wants it. */
  void cancel(JobRun run, Duration grace, String why) {
    JobAttempt attempt = run.current();
    if (!attempt.state().over() && attempt.state() != JobRunState.CANCELLING) {
      move(run, JobRunState.CANCELLING, why);
      attempt.driver().ifPresent(driver -> driver.stop(clock.real(grace)));
    }
  }

  /** Does what is due by now. */
  void tick(JobRun run, Instant now) {
    if (run.timedOut(now)) {
      cancel(
          run,
          Duration.ZERO,
          "The job run reached its time-out of %d minutes."
              .formatted(run.submission().timeout().toMinutes()));
    }
    Application application = estate.application(run.applicationId());
    long patience =
        scheduler(application).path("queueTimeoutMinutes").asLong(QUEUE_TIMEOUT_MINUTES);
    if (run.state() == JobRunState.QUEUED
        && !now.isBefore(run.createdAt().plus(Duration.ofMinutes(patience)))) {
      run.leavesQueue(now);
      cancel(run, Duration.ZERO, "The job run was queued for %d minutes.".formatted(patience));
    }
    if (run.current().cancelledBy(now)) {
      move(run, JobRunState.CANCELLED, run.current().stateDetails());
    }
  }

  /** Where an attempt's Spark UI is: the driver's own, then that of its history. */
  Optional<String> sparkUi(JobRun run, JobAttempt attempt) {
    return attempt
        .sparkUi()
        .or(
            () ->
                attempt.state().over()
                    ? drivers.history(run.id(), attempt.number())
                    : Optional.empty());
  }

  private void begin(JobRun run) {
    JobAttempt attempt = run.current();
    move(run, JobRunState.PENDING, "Job run is pending.");
    try {
      String shortage = makeRoom(run);
      if (!shortage.isEmpty()) {
        move(
            run,
            JobRunState.FAILED,
            "Job failed as application has exceeded maximumCapacity settings.",
            shortage);
        return;
      }
    } catch (Worker.TooLarge e) {
      move(run, JobRunState.FAILED, String.valueOf(e.getMessage()));
      return;
    }
    JobSubmission submission = run.submission();
    Job job =
        new Job(
            run.applicationId(),
            run.id(),
            attempt.number(),
            submission.retries().any(),
            run.executionRoleArn(),
            submission.entryPoint(),
            submission.arguments(),
            submission.mainClass(),
            submission.conf().values(),
            submission.logUri());
    try {
      attempt.drivenBy(drivers.start(job, new Ear(run, attempt)));
    } catch (RuntimeException e) {
      ended(run, attempt, "The driver did not start: " + e.getMessage());
    }
  }

  /** Empty when there is room; then it is taken. */
  private String makeRoom(JobRun run) throws Worker.TooLarge {
    Application application = estate.application(run.applicationId());
    Capacity capacity = Capacity.of(run.submission().conf());
    String shortage = capacity.shortage(application.held(), application.settings());
    if (shortage.isEmpty()) {
      WarmDriver warm = capacity.warmDriver(application.settings(), application.warmDriversTaken());
      run.current().holding().take(capacity, warm.taken());
      move(run, JobRunState.SCHEDULED, warm.why());
    }
    return shortage;
  }

  /**
   * What follows when an attempt's driver is over.
   *
   * @param failure empty when it did its work
   */
  private void ended(JobRun run, JobAttempt attempt, String failure) {
    attempt.driverEnded();
    if (attempt.state().over() || attempt.state() == JobRunState.CANCELLING) {
      return;
    }
    if (failure.isEmpty()) {
      move(run, JobRunState.SUCCESS, "Job run has succeeded.");
      return;
    }
    Instant now = Present.of(clock).now();
    become(run, JobRunState.FAILED, now, failure, failure);
    if (run.submission().retries().again(run.attempts(), now)) {
      tell(run, run.retry(now), "", "The attempt before it failed.");
      begin(run);
    } else {
      afterEnd(run, now);
    }
  }

  private void move(JobRun run, JobRunState next, String details) {
    move(run, next, details, details);
  }

  private void move(JobRun run, JobRunState next, String details, String why) {
    Instant now = Present.of(clock).now();
    become(run, next, now, details, why);
    if (next.over()) {
      afterEnd(run, now);
    }
  }

  private void become(JobRun run, JobRunState next, Instant now, String details, String why) {
    JobAttempt attempt = run.current();
    String from = attempt.state().name();
    attempt.become(next, now, details);
    tell(run, attempt, from, why);
  }

  /** Others may have waited for it. */
  private void afterEnd(JobRun run, Instant now) {
    Application application = estate.application(run.applicationId());
    application.quiet(now);
    while (running(application) < concurrentRuns(application)) {
      Optional<JobRun> next =
          application.liveJobRuns().stream()
              .filter(waiting -> waiting.state() == JobRunState.QUEUED)
              .findFirst();
      if (next.isEmpty()) {
        return;
      }
      next.get().leavesQueue(now);
      begin(next.get());
    }
  }

  private static long running(Application application) {
    return application.liveJobRuns().stream()
        .filter(run -> run.state() != JobRunState.QUEUED && run.state() != JobRunState.SUBMITTED)
        .count();
  }

  private static long concurrentRuns(Application application) {
    JsonNode scheduler = scheduler(application);
    return scheduler.isMissingNode()
        ? Long.MAX_VALUE
        : scheduler.path("maxConcurrentRuns").asLong(CONCURRENT_RUNS);
  }

  private static JsonNode scheduler(Application application) {
    return application.settings().path("schedulerConfiguration");
  }

  private void tell(JobRun run, JobAttempt attempt, String from, String why) {
    narrator.jobRun(
        new JobRunMove(
            attempt.updatedAt(),
            run.applicationId(),
            run.id(),
            attempt.number(),
            run.name(),
            run.createdBy(),
            from,
            attempt.state().name(),
            why));
  }

  /** Hears what one driver tells, on the driver's thread. */
  private final class Ear implements JobDrivers.Listener {

    private final JobRun run;
    private final JobAttempt attempt;

    Ear(JobRun run, JobAttempt attempt) {
      this.run = run;
      this.attempt = attempt;
    }

    @Override
    public void running() {
      synchronized (estate) {
        if (attempt.state() == JobRunState.SCHEDULED) {
          move(run, JobRunState.RUNNING, "Job run is running.");
        }
      }
    }

    @Override
    public void sparkUi(String url) {
      synchronized (estate) {
        attempt.shows(url);
      }
    }

    @Override
    public void succeeded() {
      synchronized (estate) {
        ended(run, attempt, "");
      }
    }

    @Override
    public void failed(String reason) {
      synchronized (estate) {
        ended(run, attempt, reason.isBlank() ? "The driver ended." : reason);
      }
    }
  }
}
