package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.reaper.IdlePolicy;
import io.sparkgate.function.reaper.JobRunPolicy;
import io.sparkgate.function.reaper.JobRunRule;
import io.sparkgate.function.reaper.KeepTag;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What the function is told of job runs, in tests. */
final class SweepingJobRuns {

  private static final KeepTag KEEP = new KeepTag("keep-until");

  /** Faster than any test asks. */
  private static final Map<Operation, Rate> FAST =
      Map.of(
          Operation.LIST_JOB_RUNS, new Rate(1_000, 1_000),
          Operation.GET_JOB_RUN, new Rate(1_000, 1_000),
          Operation.CANCEL_JOB_RUN, new Rate(1_000, 1_000));

  private SweepingJobRuns() {}

  /** Of what waits for half an hour, or streams for half a day, unless it is of a certain team. */
  static ReaperConfig config(int maxCancellations, boolean dryRun, String... applications) {
    return config(
        List.of(
            new JobRunRule(JobRunRule.Kind.STUCK, Duration.ofMinutes(30)),
            new JobRunRule(JobRunRule.Kind.STREAMING, Duration.ofHours(12))),
        new RoundContext.Limits(maxCancellations, dryRun),
        Map.of("some", "document"),
        applications);
  }

  /** Of batch jobs that live for a day. */
  static ReaperConfig batchConfig(Map<?, ?> document, String... applications) {
    return config(
        List.of(new JobRunRule(JobRunRule.Kind.BATCH, Duration.ofDays(1))),
        new RoundContext.Limits(25, false),
        document,
        applications);
  }

  private static ReaperConfig config(
      List<JobRunRule> rules,
      RoundContext.Limits limits,
      Map<?, ?> document,
      String... applications) {
    return new ReaperConfig(
        List.of(applications),
        new IdlePolicy(KEEP, List.of(Sweeping.IDLE)),
        25,
        false,
        Sweeping.FAST,
        new JobRunConfig(
            new JobRunPolicy(KEEP, List.of(Map.entry("team", "billing")), rules), limits, FAST),
        null,
        document);
  }
}
