package io.sparkgate.function.reaper;

import java.time.Duration;
import java.time.Instant;

/**
 * One reason to cancel a job run, and a limit to it.
 *
 * @param limit to the time that {@link Kind} measures
 */
public record JobRunRule(Kind kind, Duration limit) {

  /** What is measured, and of which job runs. */
  public enum Kind {
    /** Waits, as {@link JobRunState#WAITING} says, since its attempt was created. */
    STUCK("stuck") {
      @Override
      boolean appliesTo(ListedJobRun run) {
        return JobRunState.WAITING.contains(run.state());
      }

      @Override
      Instant since(ListedJobRun run) {
        return run.attemptedAt();
      }

      /** What runs can fail, and wait again in another attempt. */
      @Override
      Instant earliestSince(ListedJobRun run, Instant seen) {
        return appliesTo(run) ? since(run) : seen;
      }

      @Override
      String says(ListedJobRun run) {
        return "waiting, in state %s,".formatted(run.state());
      }
    },
    /** Lives, as a streaming job, since it was created. */
    STREAMING("streaming") {
      @Override
      boolean appliesTo(ListedJobRun run) {
        return run.mode() == JobRunMode.STREAMING;
      }

      @Override
      String says(ListedJobRun run) {
        return "a streaming job alive";
      }
    },
    /** Lives, as a batch job, since it was created. */
    BATCH("batch") {
      @Override
      boolean appliesTo(ListedJobRun run) {
        return run.mode() == JobRunMode.BATCH;
      }

      @Override
      String says(ListedJobRun run) {
        return "a batch job alive";
      }
    };

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** Whether it is about a job run that lives. */
    abstract boolean appliesTo(ListedJobRun run);

    abstract String says(ListedJobRun run);

    Instant since(ListedJobRun run) {
      return run.createdAt();
    }

    /** The same at the earliest, whatever becomes of the job run. */
    Instant earliestSince(ListedJobRun run, Instant seen) {
      return appliesTo(run) ? since(run) : Instant.MAX;
    }
  }

  boolean appliesTo(ListedJobRun run) {
    return kind.appliesTo(run);
  }

  /** Its word on a job run that it applies to. */
  Decision check(ListedJobRun run, Instant now) {
    return Decision.measured(kind.label, kind.says(run), lasted(run, now), limit, "");
  }

  boolean isPassedBy(ListedJobRun run, Instant now) {
    return appliesTo(run) && lasted(run, now).compareTo(limit) >= 0;
  }

  /** Before which moment it cannot be passed, whatever becomes of the job run. */
  Instant earliest(ListedJobRun run, Instant seen) {
    Instant since = kind.earliestSince(run, seen);
    return since.equals(Instant.MAX) ? since : since.plus(limit);
  }

  private Duration lasted(ListedJobRun run, Instant now) {
    return Listed.between(kind.since(run), now);
  }
}
