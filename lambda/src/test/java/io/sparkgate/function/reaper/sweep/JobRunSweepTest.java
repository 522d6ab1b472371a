package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Sweeping.ago;
import static io.sparkgate.function.reaper.sweep.Sweeping.idle;
import static io.sparkgate.function.stub.Operation.CANCEL_JOB_RUN;
import static io.sparkgate.function.stub.Operation.GET_JOB_RUN;
import static io.sparkgate.function.stub.Operation.LIST_JOB_RUNS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkgate.function.stub.Call;
import io.sparkgate.function.stub.StubJobRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class JobRunSweepTest {

  @AutoClose private final Sweeping sweeping = new Sweeping();

  private static ReaperConfig config(String... applications) {
    return SweepingJobRuns.config(25, false, applications);
  }

  @Test
  void looksTwiceAndCancelsWhatIsDue() {
    sweeping
        .emr
        .application("app1")
        .put(new StubJobRun("stuck", "QUEUED", ago(45)))
        .put(new StubJobRun("waiting", "SCHEDULED", ago(20)))
        .put(StubJobRun.streaming("forgotten", "RUNNING", ago(800)))
        .put(StubJobRun.streaming("young", "RUNNING", ago(700)))
        .put(new StubJobRun("batch", "RUNNING", ago(2000)));

    Tally tally = sweeping.sweep(config("app1"));

    assertThat(sweeping.calls())
        .containsExactly(
            "LIST_SESSIONS app1",
            "LIST_JOB_RUNS app1",
            "GET_JOB_RUN stuck",
            "GET_JOB_RUN forgotten",
            "GET_JOB_RUN forgotten",
            "CANCEL_JOB_RUN forgotten",
            "GET_JOB_RUN stuck",
            "CANCEL_JOB_RUN stuck");
    assertThat(sweeping.outcomes()).containsExactly("forgotten cancelled", "stuck cancelled");
    assertThat(sweeping.emr.application("app1").stateOfJobRun("stuck")).isEqualTo("CANCELLING");
    assertThat(sweeping.emr.application("app1").stateOfJobRun("batch")).isEqualTo("RUNNING");
    assertThat(tally.failure()).isEmpty();
  }

  @Test
  void makesNotOneCallMoreWithoutAPolicy() {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90))
        .put(new StubJobRun("stuck", "QUEUED", ago(9999)));

    sweeping.sweep(Sweeping.config("app1"));

    assertThat(sweeping.calls())
        .containsExactly(
            "LIST_SESSIONS app1", "GET_SESSION s1", "GET_SESSION s1", "TERMINATE_SESSION s1");
  }

  @Test
  void readsEveryPageAndAsksOnlyForWhatCanBeCancelled() {
    IntStream.range(0, 51)
        .mapToObj(i -> new StubJobRun("r" + i, "RUNNING", ago(10)))
        .forEach(sweeping.emr.application("app1")::put);

    sweeping.sweep(config("app1"));

    List<Call> lists = sweeping.emr.calls().stream().filter(LIST_JOB_RUNS).toList();
    assertThat(lists)
        .hasSize(2)
        .allSatisfy(
            list ->
                assertThat(list.query())
                    .containsEntry(
                        "states", List.of("SUBMITTED", "PENDING", "SCHEDULED", "QUEUED", "RUNNING"))
                    .containsEntry("maxResults", List.of("50")));
    assertThat(sweeping.emr.calls()).noneMatch(GET_JOB_RUN);
  }

  @Test
  void obeysTheTagsThatProtect() {
    sweeping
        .emr
        .application("app1")
        .put(
            StubJobRun.streaming("kept", "RUNNING", ago(800))
                .withTag("keep-until", "2026-11-20T18:00:00Z"))
        .put(StubJobRun.streaming("ingest", "RUNNING", ago(800)).withTag("team", "billing"))
        .put(StubJobRun.streaming("other", "RUNNING", ago(800)).withTag("team", "sales"));

    sweeping.sweep(config("app1"));

    assertThat(sweeping.outcomes())
        .containsExactly("kept exempt", "ingest exempt", "other cancelled");
    assertThat(sweeping.reason("ingest"))
        .isEqualTo(
            "protected by tag team=billing; otherwise a streaming job alive for 800 min, limit 720"
                + " min");
  }

  @Test
  void keepsAJobRunThatBeganToRunInTheMeantime() {
    sweeping
        .emr
        .application("app1")
        .put(new StubJobRun("r1", "PENDING", ago(45)))
        .afterGetsOfJobRun(1, "r1", run -> run.withState("RUNNING"));

    sweeping.sweep(config("app1"));

    assertThat(sweeping.emr.calls()).noneMatch(CANCEL_JOB_RUN);
    assertThat(sweeping.outcomes()).containsExactly("r1 kept");
    assertThat(sweeping.reason("r1"))
        .isEqualTo(
            "was due, but is no more: no rule applies to a job run of mode BATCH in state RUNNING");
  }

  @Test
  void capsItsCancellationsByThemselvesTheMostOverdueFirst() {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90))
        .put(idle("s2", 90))
        .put(new StubJobRun("r1", "PENDING", ago(40)))
        .put(new StubJobRun("r2", "PENDING", ago(50)));

    sweeping.sweep(SweepingJobRuns.config(1, false, "app1"));

    assertThat(sweeping.outcomes())
        .containsExactly("s1 terminated", "s2 terminated", "r2 cancelled", "r1 left");
    assertThat(sweeping.reason("r1"))
        .isEqualTo(
            "the cap of 1 cancellations per sweep is reached; it is due: waiting, in state"
                + " PENDING, for 40 min, limit 30 min");
  }

  @Test
  void doesTheSameInADryRunButForCancelling() {
    sweeping
        .emr
        .application("app1")
        .put(idle("s1", 90))
        .put(new StubJobRun("r1", "PENDING", ago(40)));

    Tally tally = sweeping.sweep(SweepingJobRuns.config(25, true, "app1"));

    assertThat(sweeping.emr.calls()).noneMatch(CANCEL_JOB_RUN);
    assertThat(sweeping.outcomes()).containsExactly("s1 terminated", "r1 wouldCancel");
    assertThat(tally.of(Outcome.Kind.WOULD_CANCEL)).isEqualTo(1);
  }

  @Test
  void listsAgainOnlyWhenSomethingCanBeDue() {
    sweeping.emr.application("app1").put(new StubJobRun("r1", "PENDING", ago(10)));
    Sweeping.Warm warm = sweeping.warm(config("app1"));

    warm.sweep();
    sweeping.pass(Duration.ofMinutes(15));
    warm.sweep();
    assertThat(sweeping.emr.calls().stream().filter(LIST_JOB_RUNS)).hasSize(1);
    sweeping.pass(Duration.ofMinutes(6));
    warm.sweep();

    assertThat(sweeping.emr.calls().stream().filter(LIST_JOB_RUNS)).hasSize(2);
    assertThat(sweeping.outcomes()).containsExactly("r1 cancelled");
  }

  /** A job run without a mode is a batch job; one of a mode to come is no business of a rule. */
  @Test
  void readsTheModeAsTheServiceSaysIt() {
    sweeping
        .emr
        .application("app1")
        .put(StubJobRun.streaming("r1", "RUNNING", ago(3000)).without("mode"))
        .put(StubJobRun.streaming("r2", "RUNNING", ago(3000)).withMode("CONTINUOUS"));

    sweeping.sweep(SweepingJobRuns.batchConfig(Map.of("some", "document"), "app1"));

    assertThat(sweeping.outcomes()).containsExactly("r1 cancelled");
    assertThat(sweeping.reason("r1")).isEqualTo("a batch job alive for 3000 min, limit 1440 min");
  }
}
