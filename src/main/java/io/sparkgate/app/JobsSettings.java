package io.sparkgate.app;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.People;
import io.sparkgate.serverless.JobQueue;
import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.IRole;

/** Who may submit job runs, and whether there is one to try. */
final class JobsSettings {

  private final List<String> submitters;
  private final boolean hasWordCount;
  private final Optional<JobQueue> queue;

  private JobsSettings(List<String> submitters, boolean hasWordCount, Optional<JobQueue> queue) {
    this.submitters = submitters;
    this.hasWordCount = hasWordCount;
    this.queue = queue;
  }

  static JobsSettings of(Settings jobs) {
    JobsSettings read =
        new JobsSettings(
            PeopleSettings.roles(jobs, "submitters"),
            jobs.flag("wordCount"),
            jobs.section("queue").map(JobsSettings::queue));
    jobs.refuseOthers();
    return read;
  }

  private static JobQueue queue(Settings settings) {
    int[] most = settings.onlyWholes("concurrentRuns", "timeoutMinutes");
    return settings.make(() -> JobQueue.of(most[0], Duration.minutes(most[1])));
  }

  void hand(SparkConnectPlatform.Builder platform) {
    queue.ifPresent(own -> platform.application(application -> application.jobQueue(own)));
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
    if (hasWordCount) {
      WordCount sample = new WordCount(stack, "WordCount", platform.getExecutionRole());
      stack.output("WordCountEntryPoint", sample.entryPoint(), "A job to try");
      stack.output("WordCountInput", sample.input(), "Its first argument");
      stack.output("WordCountOutput", sample.output(), "Its second argument");
    }
  }
}
