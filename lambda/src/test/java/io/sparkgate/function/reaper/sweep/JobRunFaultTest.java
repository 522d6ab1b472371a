package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Sweeping.ago;
import static io.sparkgate.function.stub.Operation.CANCEL_JOB_RUN;
import static io.sparkgate.function.stub.Operation.GET_JOB_RUN;
import static io.sparkgate.function.stub.Operation.LIST_JOB_RUNS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkgate.function.Invocation;
import io.sparkgate.function.stub.Fault;
import io.sparkgate.function.stub.StubJobRun;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with one job run stays with it, and what a sweep says in the end. */
class JobRunFaultTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @AutoClose private final Sweeping sweeping = new Sweeping();

  private static ReaperConfig config(String... applications) {
    return SweepingJobRuns.config(25, false, applications);
  }

  private static StubJobRun stuck(String id, long minutes) {
    return new StubJobRun(id, "PENDING", ago(minutes));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void countsAJobRunThatVanishedAsDone(int afterGets) {
    sweeping
        .emr
        .application("app1")
        .put(stuck("r1", 90))
        .removeJobRunAfterGets(afterGets, "r1")
        .put(stuck("r2", 80));

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("r1 gone", "r2 cancelled");
    assertThat(sweeping.reason("r1")).isEqualTo("ended by itself before it was cancelled");
    assertThat(tally.failure()).isEmpty();
  }

  @Test
  void countsAJobRunThatIsGoneBeforeItIsReadAsDone() {
    sweeping.emr.application("app1").put(stuck("r1", 90));
    sweeping.emr.always(GET_JOB_RUN.of("r1")).fail(Fault.NOT_FOUND);

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("r1 gone");
    assertThat(sweeping.reason("r1")).isEqualTo("ended since it was listed");
    assertThat(tally.failure()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"CANCELLING", "CANCELLED", "SUCCESS", "FAILED"})
  void countsAJobRunThatEndedInTheMeantimeAsDone(String state) {
    sweeping
        .emr
        .application("app1")
        .put(stuck("r1", 90))
        .afterGetsOfJobRun(1, "r1", run -> run.withState(state));

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.emr.calls()).noneMatch(CANCEL_JOB_RUN);
    assertThat(sweeping.outcomes()).containsExactly("r1 gone");
    assertThat(sweeping.reason("r1"))
        .isEqualTo("was due, but is no more: already %s".formatted(state));
    assertThat(tally.failure()).isEmpty();
  }

  /** Somebody cancelled it between the last look and the call, which the service then refuses. */
  @Test
  void countsAsDoneWhatTheServiceRefusesToCancelBecauseItHasEnded() {
    sweeping
        .emr
        .application("app1")
        .put(stuck("r1", 90))
        .afterGetsOfJobRun(2, "r1", run -> run.withState("CANCELLED"));
    sweeping
        .emr
        .always(CANCEL_JOB_RUN)
        .fail(new Fault(400, "ValidationException", "Job run is in a terminal state"));

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("r1 gone");
    assertThat(tally.failure()).isEmpty();
  }

  @Test
  void failsForAJobRunThatTheServiceRefusesToCancelAndThatLives() {
    sweeping.emr.application("app1").put(stuck("r1", 90)).put(stuck("r2", 80));
    sweeping.emr.always(CANCEL_JOB_RUN.of("r1")).fail(new Fault(400, "ValidationException", "no"));

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("r1 failed", "r2 cancelled");
    assertThat(tally.failure())
        .hasValueSatisfying(
            line -> assertThat(line).startsWith("1 failed, the first is job run r1: Validation"));
  }

  @Test
  void triesAgainWhatIsThrottled() {
    sweeping.emr.application("app1").put(stuck("r1", 90));
    sweeping.emr.next(1, LIST_JOB_RUNS).fail(Fault.THROTTLED);
    sweeping.emr.next(1, GET_JOB_RUN).fail(Fault.THROTTLED);
    sweeping.emr.next(1, CANCEL_JOB_RUN).fail(Fault.THROTTLED);

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.calls())
        .containsExactly(
            "LIST_SESSIONS app1",
            "LIST_JOB_RUNS app1",
            "LIST_JOB_RUNS app1",
            "GET_JOB_RUN r1",
            "GET_JOB_RUN r1",
            "GET_JOB_RUN r1",
            "CANCEL_JOB_RUN r1",
            "GET_JOB_RUN r1",
            "CANCEL_JOB_RUN r1");
    assertThat(sweeping.outcomes()).containsExactly("r1 cancelled");
    assertThat(tally.failure()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "createdAt", "id"})
  void goesOnAfterAJobRunThatTheListShowsIncompletely(String field) {
    sweeping.emr.application("app1").put(stuck("r1", 100).without(field)).put(stuck("r2", 90));

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes()).containsExactly("app1 failed", "r2 cancelled");
    assertThat(sweeping.lines().get(0)).containsEntry("list", "jobRuns");
    assertThat(tally.failure())
        .hasValueSatisfying(line -> assertThat(line).contains("job run", field + " is missing"));
  }

  @Test
  void saysOnceThatAnApplicationWasLeft() throws Exception {
    sweeping.handle(config("app1"), Invocation.MARGIN, OutputStream.nullOutputStream());

    assertThat(sweeping.calls()).isEmpty();
    assertThat(sweeping.lines().get(2))
        .containsEntry("Left", 2)
        .containsEntry("leftApplications", List.of("app1"));
  }

  @Test
  void failsAfterItReportedWhereItsRoleMayNotListJobRuns() {
    sweeping.emr.application("app1").put(stuck("r1", 90)).put(Sweeping.idle("s1", 90));
    sweeping.emr.always(LIST_JOB_RUNS).fail(Fault.DENIED);

    assertThatThrownBy(
            () -> sweeping.handle(config("app1"), MINUTE, OutputStream.nullOutputStream()))
        .isInstanceOf(SweepFailed.class)
        .hasMessageStartingWith("1 failed, the first is application app1: AccessDeniedException");
    assertThat(sweeping.outcomes()).contains("s1 terminated");
  }

  @Test
  void writesOneRecordForEachDecision() throws Exception {
    sweeping
        .emr
        .application("app1")
        .put(StubJobRun.streaming("r1", "RUNNING", ago(800)).withTag("sparkgate:owner", "alice"));

    sweeping.handle(config("app1"), MINUTE, OutputStream.nullOutputStream());

    assertThat(sweeping.lines().get(0))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("type", "jobRunDecision"),
                Map.entry("applicationId", "app1"),
                Map.entry("jobRunId", "r1"),
                Map.entry("name", "etl-r1"),
                Map.entry("createdBy", "arn:aws:sts::123456789012:assumed-role/pipelines/nightly"),
                Map.entry("executionRole", "arn:aws:iam::123456789012:role/spark"),
                Map.entry("state", "RUNNING"),
                Map.entry("mode", "STREAMING"),
                Map.entry("ageSeconds", 48_000),
                Map.entry("owner", "alice"),
                Map.entry("rule", "streaming"),
                Map.entry("limitSeconds", 43_200),
                Map.entry("outcome", "cancelled"),
                Map.entry("reason", "a streaming job alive for 800 min, limit 720 min")));
  }

  @Test
  void writesItsMetricsBesideThoseOfSessions() throws Exception {
    sweeping
        .emr
        .application("app1")
        .put(Sweeping.idle("s1", 90))
        .put(stuck("r1", 90))
        .put(stuck("r2", 10))
        .put(stuck("r3", 90).withTag("keep-until", "for ever"))
        .put(stuck("r4", 90).withTag("team", "billing"));
    ByteArrayOutputStream answer = new ByteArrayOutputStream();

    sweeping.handle(config("app1"), MINUTE, answer);

    Map<String, Object> figures = Sweeping.json(answer.toString(StandardCharsets.UTF_8));
    assertThat(figures)
        .containsEntry("Scanned", 1)
        .containsEntry("Terminated", 1)
        .containsEntry("Exempt", 2)
        .containsEntry("UnreadableKeepUntil", 1)
        .containsEntry("JobRunsScanned", 4)
        .containsEntry("JobRunsCancelled", 1)
        .containsEntry("JobRunsWouldCancel", 0);
    Map<String, Object> sweep = sweeping.lines().get(4);
    assertThat(sweep).containsAllEntriesOf(figures).containsEntry("jobRunsNotDue", 0);
    assertThat(sweep.get("_aws").toString()).contains("{Name=JobRunsCancelled, Unit=Count}");
  }
}
