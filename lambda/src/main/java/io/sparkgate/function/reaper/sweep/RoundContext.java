package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.Subjects;
import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.Policy;
import io.sparkgate.function.reaper.Seen;
import io.sparkgate.function.reaper.Subject;

/** What all parts of one round work with: each operation's calls have a lane of their own. */
final class RoundContext<L extends Listed, S extends Seen<L>> {

  /**
   * How far a round may go.
   *
   * @param most ends per sweep, over all applications
   * @param dryRun whether to stop short of them
   */
  record Limits(int most, boolean dryRun) {}

  /** The operations by which a round lists, looks and ends. */
  record Operations(Operation list, Operation get, Operation end) {}

  final SweepContext sweep;
  final Subject subject;
  final Subjects<L, S> subjects;
  final Policy<L, S> policy;
  final Limits limits;

  final PacedTasks.Lane ends;
  final PacedTasks.Lane looks;
  final PacedTasks.Lane lists;

  RoundContext(
      SweepContext sweep,
      Subject subject,
      Subjects<L, S> subjects,
      Policy<L, S> policy,
      Limits limits,
      Operations operations) {
    this.sweep = sweep;
    this.subject = subject;
    this.subjects = subjects;
    this.policy = policy;
    this.limits = limits;
    // The tokens of both at once, so that nothing comes between the last look and the end.
    ends =
        limits.dryRun()
            ? sweep.lane(operations.get())
            : sweep.lane(operations.end(), operations.get());
    looks = sweep.lane(operations.get());
    lists = sweep.lane(operations.list());
  }
}
