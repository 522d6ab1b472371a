package io.sparkgate.test;

import static io.sparkgate.function.stub.Operation.CANCEL_JOB_RUN;
import static io.sparkgate.function.stub.Operation.GET_JOB_RUN;
import static io.sparkgate.function.stub.Operation.LIST_JOB_RUNS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.EmrServerlessStub;
import io.sparkgate.function.stub.StubJobRun;
import io.sparkgate.serverless.EmrServerlessApplication;
import io.sparkgate.watch.IdleSessionReaper;
import io.sparkgate.watch.JobRunPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Stack;

/** The function as the template deploys it, in a process of its own, where job runs are about. */
class DeployedJobReaperTest {

  private static final String APPLICATION = "00a";

  @AutoClose private final EmrServerlessStub service = EmrServerlessStub.start();
  private final Instant now = Instant.now();

  @Test
  void cancelsWhatThePolicyNames(@TempDir Path directory) throws Exception {
    fill();
    JobRunPolicy policy =
        JobRunPolicy.none()
            .stuckAfter(software.amazon.awscdk.Duration.minutes(30))
            .streamingAfter(software.amazon.awscdk.Duration.hours(12))
            .unlessTagged("team", "ingest");

    DeployedFunction.Result result = deployed(directory, policy).invoke(service.uri());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(service.calls().stream().filter(CANCEL_JOB_RUN).map(Call::subject))
        .containsExactlyInAnyOrder("00stuck", "00stream");
    assertThat(result.output())
        .contains("\"JobRunsScanned\":6", "\"JobRunsCancelled\":2", "\"Exempt\":2");
  }

  /** Classes cost a cold start whether they are used or not. */
  @Test
  void neitherAsksForJobRunsNorLoadsWhatIsAboutThemWithoutAPolicy(@TempDir Path directory)
      throws Exception {
    fill();

    DeployedFunction.Result result =
        deployed(directory, JobRunPolicy.none())
            .with("JAVA_TOOL_OPTIONS", "-Xlog:class+load:stdout")
            .invoke(service.uri());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(service.calls()).noneMatch(LIST_JOB_RUNS.or(GET_JOB_RUN).or(CANCEL_JOB_RUN));
    assertThat(result.output().lines().filter(line -> line.contains("io.sparkgate.function")))
        .anyMatch(line -> line.contains("io.sparkgate.function.aws.Sessions "))
        .noneMatch(line -> line.contains("JobRun"));
  }

  private void fill() {
    service
        .application(APPLICATION)
        .put(new StubJobRun("00stuck", "PENDING", ago(45)))
        .put(new StubJobRun("00waits", "QUEUED", ago(20)))
        .put(new StubJobRun("00batch", "RUNNING", ago(3000)))
        .put(StubJobRun.streaming("00stream", "RUNNING", ago(800)))
        .put(StubJobRun.streaming("00ingest", "RUNNING", ago(800)).withTag("team", "ingest"))
        .put(
            StubJobRun.streaming("00kept", "RUNNING", ago(800))
                .withTag("sparkgate:keep-until", now.plus(Duration.ofHours(1)).toString()))
        .put(StubJobRun.streaming("00over", "FAILED", ago(800)));
  }

  private static DeployedFunction deployed(Path directory, JobRunPolicy policy) {
    App app = new App(AppProps.builder().outdir(directory.toString()).build());
    Stack stack = new Stack(app, "Stack");
    IdleSessionReaper.Builder.create(stack, "Reaper")
        .watch(EmrServerlessApplication.fromApplicationId(stack, "App", APPLICATION))
        .jobRunPolicy(policy)
        .build();
    app.synth();
    return DeployedFunction.of(new Synthesized(directory), "Stack");
  }

  private Instant ago(int minutes) {
    return now.minus(Duration.ofMinutes(minutes));
  }
}
