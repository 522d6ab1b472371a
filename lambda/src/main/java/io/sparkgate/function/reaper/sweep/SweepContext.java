package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.ServiceCallException;
import java.time.Clock;
import java.util.stream.Stream;

/** What all parts of one sweep work with. */
final class SweepContext {

  final PacedTasks tasks;
  final Clock clock;
  final Report report;

  private final Pace pace;

  SweepContext(Pace pace, PacedTasks tasks, Clock clock, Report report) {
    this.pace = pace;
    this.tasks = tasks;
    this.clock = clock;
    this.report = report;
  }

  /** Adds a lane, behind those before it, of tasks that each make these calls. */
  PacedTasks.Lane lane(Operation... calls) {
    return tasks.lane(Stream.of(calls).map(pace::of).toArray(TokenBucket[]::new));
  }

  /**
   * Where the service takes no more now, the task is to run again, at the pace that it allows.
   *
   * @return whether it is
   */
  boolean again(ServiceCallException e, PacedTasks.Lane lane, Runnable task) {
    return pace.again(e, lane, task);
  }
}
