package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.aws.Sessions;
import io.sparkgate.function.aws.Subjects;
import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.ListedSession;
import io.sparkgate.function.reaper.Policy;
import io.sparkgate.function.reaper.Seen;
import io.sparkgate.function.reaper.Session;
import io.sparkgate.function.reaper.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass over the applications for one kind of subject: list, look, decide, look again, end. What
 * brings one nearer to its end goes first: an application that was begun is finished with before
 * the next is listed.
 */
final class Round<L extends Listed, S extends Seen<L>> {

  /**
   * How far it may go.
   *
   * @param most ends per sweep, over all applications
   * @param dryRun whether to stop short of them
   */
  record Limits(int most, boolean dryRun) {}

  /** The operations by which it lists, looks and ends: each has a lane of its own. */
  record Operations(Operation list, Operation get, Operation end) {}

  final SweepContext sweep;
  final Subject subject;
  final Subjects<L, S> subjects;
  final Policy<L, S> policy;
  final Limits limits;
  final Cap<End<L, S>> cap;

  final PacedTasks.Lane ends;
  final PacedTasks.Lane looks;
  final PacedTasks.Lane lists;

  private final Agenda agenda;
  private final List<ApplicationSweep<L, S>> sweeps = new ArrayList<>();

  Round(
      SweepContext sweep,
      Subject subject,
      Subjects<L, S> subjects,
      Policy<L, S> policy,
      Limits limits,
      Operations operations,
      Agenda agenda) {
    this.sweep = sweep;
    this.subject = subject;
    this.subjects = subjects;
    this.policy = policy;
    this.limits = limits;
    this.agenda = agenda;
    cap = new Cap<>(limits.most());
    // The tokens of both at once, so that nothing comes between the last look and the end.
    ends =
        limits.dryRun()
            ? sweep.lane(operations.get())
            : sweep.lane(operations.end(), operations.get());
    looks = sweep.lane(operations.get());
    lists = sweep.lane(operations.list());
  }

  static Round<ListedSession, Session> ofSessions(
      ReaperConfig config, SweepContext sweep, Sessions sessions, Agenda agenda) {
    return new Round<>(
        sweep,
        Subject.SESSION,
        sessions,
        config.policy(),
        new Limits(config.maxTerminations(), config.dryRun()),
        new Operations(Operation.LIST_SESSIONS, Operation.GET_SESSION, Operation.TERMINATE_SESSION),
        agenda);
  }

  /** Has the lists read of these applications in which something can be due. */
  void begin(List<String> applications) {
    Instant now = sweep.clock.instant();
    List<String> turn = agenda.turn(applications, now);
    sweep.report.notDue(subject, applications.size() - turn.size());
    for (String application : turn) {
      ApplicationSweep<L, S> one =
          new ApplicationSweep<>(application, agenda.forecast(application), this);
      sweeps.add(one);
      lists.add(one::list);
    }
  }

  /** Says what the cap kept back, and remembers what was found out. */
  void finish() {
    cap.waiting().forEach(End::left);
    sweeps.forEach(one -> agenda.remember(one.progress.application(), one.forecast()));
    agenda.unfinished(
        sweeps.stream()
            .map(one -> one.progress)
            .filter(Progress::unfinished)
            .sorted(Progress.LEAST_SERVED)
            .map(Progress::application)
            .toList());
  }
}
