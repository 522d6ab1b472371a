package io.sparkgate.function.reaper.sweep;

import static io.sparkgate.function.reaper.sweep.Operation.GET_SESSION;
import static io.sparkgate.function.reaper.sweep.Operation.LIST_SESSIONS;
import static io.sparkgate.function.reaper.sweep.Operation.TERMINATE_SESSION;

import io.sparkgate.function.aws.ServiceCallException;
import io.sparkgate.function.aws.Sessions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass over the applications: list, look, decide, look again, terminate. What happens to one
 * session or application does not touch the others; once the time is up, every call that is still
 * to come fails at once and what it was for is reported as left.
 *
 * <p>Calls go out side by side, each operation at its own pace, and what brings a session nearer to
 * its end goes first: an application that was begun is finished with before the next is listed.
 */
final class Sweep {

  final ReaperConfig config;
  final Sessions sessions;
  final Agenda agenda;
  final Pace pace;
  final Clock clock;
  final Report report;
  final Cap<SessionEnd> cap;

  final PacedTasks.Lane ends;
  final PacedTasks.Lane looks;
  final PacedTasks.Lane lists;

  private final PacedTasks tasks;

  Sweep(
      ReaperConfig config,
      Sessions sessions,
      Agenda agenda,
      Pace pace,
      PacedTasks tasks,
      Clock clock,
      Report report) {
    this.config = config;
    this.sessions = sessions;
    this.agenda = agenda;
    this.pace = pace;
    this.tasks = tasks;
    this.clock = clock;
    this.report = report;
    cap = new Cap<>(config.maxTerminations());
    // The tokens of both at once, so that nothing comes between the last look and the end.
    ends =
        config.dryRun()
            ? tasks.lane(pace.of(GET_SESSION))
            : tasks.lane(pace.of(TERMINATE_SESSION), pace.of(GET_SESSION));
    looks = tasks.lane(pace.of(GET_SESSION));
    lists = tasks.lane(pace.of(LIST_SESSIONS));
  }

  void run() {
    Instant now = clock.instant();
    List<String> turn = agenda.turn(config.applications(), now);
    report.notDue(config.applications().size() - turn.size());
    List<ApplicationSweep> sweeps = new ArrayList<>();
    for (String application : turn) {
      ApplicationSweep sweep = new ApplicationSweep(application, this);
      sweeps.add(sweep);
      lists.add(sweep::list);
    }
    tasks.run();
    cap.waiting().forEach(SessionEnd::left);
    sweeps.forEach(ApplicationSweep::remember);
    agenda.unfinished(
        sweeps.stream()
            .filter(ApplicationSweep::unfinished)
            .sorted(ApplicationSweep.LEAST_SERVED)
            .map(ApplicationSweep::application)
            .toList());
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
