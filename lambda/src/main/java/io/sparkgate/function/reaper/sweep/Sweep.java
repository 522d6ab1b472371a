package io.sparkgate.function.reaper.sweep;

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

  private final SweepContext context;
  private final Agenda agenda;
  private final Cap<SessionEnd> cap;

  Sweep(SweepContext context, Agenda agenda) {
    this.context = context;
    this.agenda = agenda;
    cap = new Cap<>(context.config.maxTerminations());
  }

  void run() {
    Instant now = context.clock.instant();
    List<String> applications = context.config.applications();
    List<String> turn = agenda.turn(applications, now);
    context.report.notDue(applications.size() - turn.size());
    List<ApplicationSweep> sweeps = new ArrayList<>();
    for (String application : turn) {
      ApplicationSweep sweep =
          new ApplicationSweep(application, agenda.forecast(application), context, cap);
      sweeps.add(sweep);
      context.lists.add(sweep::list);
    }
    context.tasks.run();
    cap.waiting().forEach(SessionEnd::left);
    sweeps.forEach(sweep -> agenda.remember(sweep.progress.application(), sweep.forecast()));
    agenda.unfinished(
        sweeps.stream()
            .map(sweep -> sweep.progress)
            .filter(Progress::unfinished)
            .sorted(Progress.LEAST_SERVED)
            .map(Progress::application)
            .toList());
  }
}
