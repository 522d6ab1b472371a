package io.sparkgate.app;

import io.sparkgate.SparkConnectPlatform;
import io.sparkgate.access.DeveloperRole;
import io.sparkgate.access.People;
import java.util.List;
import software.amazon.awscdk.services.iam.IRole;

/** Who may submit job runs, and whether there is one to try. */
final class JobsSettings {

  private final List<String> submitters;
  private final boolean hasWordCount;

  private JobsSettings(List<String> submitters, boolean hasWordCount) {
    this.submitters = submitters;
    this.hasWordCount = hasWordCount;
  }

  static JobsSettings of(Settings jobs) {
    JobsSettings read =
        new JobsSettings(PeopleSettings.roles(jobs, "submitters"), jobs.flag("wordCount"));
    jobs.refuseOthers();
    return read;
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
