package io.sparkgate.serverless;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.access.SessionExecutionRole;
import io.sparkgate.spark.ReleaseLabel;
import io.sparkgate.testing.Synth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.CfnParameter;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;

class JobQueueTest {

  private final Stack stack = new Stack(new App(), "Stack");

  @Test
  void letsSoManyJobRunsRunAtATimeAndOthersWait() {
    application().jobQueue(JobQueue.of(5, Duration.hours(1))).build();
    Synth.hasApplication(
        stack,
        Map.of(
            "SchedulerConfiguration", Map.of("MaxConcurrentRuns", 5, "QueueTimeoutMinutes", 60)));
  }

  @Test
  void leavesTheQueueToTheServiceIfNothingIsSaid() {
    application().build();
    assertThat(Synth.application(stack).containsKey("SchedulerConfiguration")).isFalse();
  }

  @Test
  void takesATimeoutThatIsKnownAtDeployment() {
    CfnParameter minutes = CfnParameter.Builder.create(stack, "Minutes").type("Number").build();
    application().jobQueue(JobQueue.of(1, Duration.minutes(minutes.getValueAsNumber()))).build();
    Synth.hasApplication(
        stack,
        Map.of(
            "SchedulerConfiguration",
            Map.of("MaxConcurrentRuns", 1, "QueueTimeoutMinutes", Map.of("Ref", "Minutes"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|60|JobQueue: concurrentRuns is 0; use 1 to 1000",
        "1001|60|JobQueue: concurrentRuns is 1001; use 1 to 1000",
        "1|14|JobQueue: timeout is 14 minutes; use whole minutes from 15 to 720",
        "1|721|JobQueue: timeout is 721 minutes; use whole minutes from 15 to 720",
      })
  void refusesWhatTheServiceRefuses(int runs, int minutes, String message) {
    assertThatThrownBy(() -> JobQueue.of(runs, Duration.minutes(minutes))).hasMessage(message);
  }

  @Test
  void refusesATokenOfAnotherUnit() {
    CfnParameter hours = CfnParameter.Builder.create(stack, "Hours").type("Number").build();
    assertThatThrownBy(() -> JobQueue.of(1, Duration.hours(hours.getValueAsNumber())))
        .hasMessage(
            "JobQueue: timeout received hours that are known only when the stack is deployed, and"
                + " cannot be converted then; use Duration.minutes of a number of minutes");
  }

  @Test
  void isOffOnlyWhereTheServiceCanBeWithout() {
    var builder = application().jobQueue(JobQueue.off());
    assertThatThrownBy(builder::build)
        .hasMessage(
            "Stack/App: jobQueue is off, but releases since 7.3.0 queue by default and AWS"
                + " documents no way to switch that off; use JobQueue.of(1000,"
                + " Duration.hours(12)), which lets job runs wait for nothing but capacity");

    EmrServerlessApplication.Builder.create(new Stack(new App(), "Old"), "App")
        .type(ApplicationType.spark().withoutSessions())
        .releaseLabel(ReleaseLabel.of("emr-7.2.0"))
        .jobQueue(JobQueue.off())
        .build();
  }

  @Test
  void warnsThatSessionsDoNotWaitInIt() {
    application().jobQueue(JobQueue.of(5, Duration.hours(1))).build();
    assertThat(Synth.warnings(stack))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .startsWith(
                        "jobQueue has no effect on sessions, Livy and EMR Studio included, and this"
                            + " app lets nobody start a job run; leave it out, or acknowledge this"
                            + " if others start them")
                    .contains("@sparkgate/constructs:queueWithoutJobs"));
  }

  @Test
  void warnsThatLivyDoesNotWaitInItEither() {
    application()
        .type(ApplicationType.spark().withoutSessions().withLivy())
        .jobQueue(JobQueue.of(5, Duration.hours(1)))
        .build();
    assertThat(Synth.warnings(stack)).singleElement().asString().contains("queueWithoutJobs");
  }

  @Test
  void saysNothingWhereSomebodyMayStartJobRuns() {
    application()
        .jobQueue(JobQueue.of(5, Duration.hours(1)))
        .build()
        .grant(
            SessionExecutionRole.Builder.create(stack, "Role").build().getRole(),
            "emr-serverless:StartJobRun");
    assertThat(Synth.warnings(stack)).isEmpty();
  }

  private EmrServerlessApplication.Builder application() {
    return EmrServerlessApplication.Builder.create(stack, "App");
  }
}
