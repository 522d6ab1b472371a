package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Operation.GET_SESSION;
import static io.sparkgate.function.reaper.sweep.Operation.LIST_SESSIONS;
import static io.sparkgate.function.reaper.sweep.Operation.TERMINATE_SESSION;

import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.Sessions;
import java.time.Clock;

/** What all parts of one sweep work with: each operation's calls have a lane of their own. */
final class SweepContext {

  final ReaperConfig config;
  final Sessions sessions;
  final PacedTasks tasks;
  final Clock clock;
  final Report report;

  final PacedTasks.Lane ends;
  final PacedTasks.Lane looks;
  final PacedTasks.Lane lists;

  private final Pace pace;

  SweepContext(
      ReaperConfig config,
      Sessions sessions,
      Pace pace,
      PacedTasks tasks,
      Clock clock,
      Report report) {
    this.config = config;
    this.sessions = sessions;
    this.tasks = tasks;
    this.clock = clock;
    this.report = report;
    this.pace = pace;
    // The tokens of both at once, so that nothing comes between the last look and the end.
    ends =
        config.dryRun()
            ? tasks.lane(pace.of(GET_SESSION))
            : tasks.lane(pace.of(TERMINATE_SESSION), pace.of(GET_SESSION));
    looks = tasks.lane(pace.of(GET_SESSION));
    lists = tasks.lane(pace.of(LIST_SESSIONS));
  }

  /**
   * Where the service takes no more now, the task is to run again, at the pace that it allows.
   *
   * @return whether it is
   */
  boolean again(ServiceCallException e, PacedTasks.Lane lane, Runnable task) {
    if (e.kind() != ServiceCallException.Kind.THROTTLED) {
      return false;
    }
    pace.of(Operation.named(e.operation())).rejected();
    lane.again(task);
    return true;
  }
}
