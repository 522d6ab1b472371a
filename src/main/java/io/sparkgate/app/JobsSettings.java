package io.sparkgate.app;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.People;
import io.sparkgate.serverless.JobQueue;
import io.sparkgate.watch.JobRunPolicy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.IRole;

/** Who may submit job runs, which of them the reaper cancels, and whether there is one to try. */
final class JobsSettings {

  private final List<String> submitters;
  private final boolean hasWordCount;
  private final Optional<JobQueue> queue;
  private final Optional<JobRunPolicy> cancelled;

  private JobsSettings(
      List<String> submitters,
      boolean hasWordCount,
      Optional<JobQueue> queue,
      Optional<JobRunPolicy> cancelled) {
    this.submitters = submitters;
    this.hasWordCount = hasWordCount;
    this.queue = queue;
    this.cancelled = cancelled;
  }

  static JobsSettings of(Settings jobs) {
    JobsSettings read =
        new JobsSettings(
            PeopleSettings.roles(jobs, "submitters"),
            jobs.flag("wordCount"),
            jobs.section("queue").map(JobsSettings::queue),
            cancelled(jobs));
    jobs.refuseOthers();
    return read;
  }

  private static Optional<JobRunPolicy> cancelled(Settings jobs) {
    Optional<Duration> stuck = after(jobs, "cancelStuckMinutes");
    Optional<Duration> streaming = after(jobs, "cancelStreamingMinutes");
    if (stuck.isEmpty() && streaming.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        jobs.make(
            () -> {
              JobRunPolicy policy = JobRunPolicy.none();
              policy = stuck.map(policy::stuckAfter).orElse(policy);
              return streaming.map(policy::streamingAfter).orElse(policy);
            }));
  }

  private static Optional<Duration> after(Settings jobs, String name) {
    OptionalInt minutes = jobs.whole(name);
    return minutes.isPresent()
        ? Optional.of(Duration.minutes(minutes.getAsInt()))
        : Optional.empty();
  }

  private static JobQueue queue(Settings settings) {
    int[] most = settings.onlyWholes("concurrentRuns", "timeoutMinutes");
    return settings.make(() -> JobQueue.of(most[0], Duration.minutes(most[1])));
  }

  /**
   * Tells the application and the reaper.
   *
   * @param dryRun whether the reaper only says what it would do, to sessions as well
   */
  void hand(SparkConnectPlatform.Builder platform, boolean dryRun) {
    queue.ifPresent(own -> platform.application(application -> application.jobQueue(own)));
    cancelled.ifPresent(
        policy ->
            platform.reaper(reaper -> reaper.jobRunPolicy(dryRun ? policy.dryRun() : policy)));
  }

  /** A role of its own: whoever may use a session need not be able to leave work behind. */
  void make(EnvironmentStack stack, SparkConnectPlatform platform) {
    DeveloperRole.Builder submitting =
        DeveloperRole.Builder.create(stack, "Submitter")
            .description("Submits Spark jobs and reaches its own runs");
    if (!submitters.isEmpty()) {
      submitting.assumedBy(People.roles(submitters));
    }
    IRole submitter = submitting.build().getRole();
    platform.grantSubmit(submitter);
    platform.getLifecycle().keepUntilStopped(submitter);
    stack.output("SubmitterRoleArn", submitter.getRoleArn(), "What one assumes to submit jobs");
    stack.output(
        "SubmitPolicy",
        stack.toJsonString(ConnectPolicy.toSubmit(submitter)),
        "What submitters' own roles and permission sets must allow");
    if (hasWordCount) {
      WordCount sample = new WordCount(stack, "WordCount", platform.getExecutionRole());
      stack.output("WordCountEntryPoint", sample.entryPoint(), "A job to try");
      stack.output("WordCountInput", sample.input(), "Its first argument");
      stack.output("WordCountOutput", sample.output(), "Its second argument");
    }
  }
}
