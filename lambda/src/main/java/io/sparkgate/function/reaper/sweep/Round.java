package io.sparkgate.function.reaper.sweep;

import io.sparkgate.function.reaper.Listed;
import io.sparkgate.function.reaper.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One pass over the applications for one kind of subject: list, look, decide, look again, end. What
 * brings one nearer to its end goes first: an application that was begun is finished with before
 * the next is listed.
 */
final class Round<L extends Listed, S extends Seen<L>> {

  private final RoundContext<L, S> round;
  private final Agenda agenda;
  private final Cap<End<L, S>> cap;
  private final List<ApplicationSweep<L, S>> sweeps = new ArrayList<>();

  Round(RoundContext<L, S> round, Agenda agenda) {
    this.round = round;
    this.agenda = agenda;
    cap = new Cap<>(round.limits.most());
  }

  /** Has the lists read of these applications in which something can be due. */
  void begin(List<String> applications) {
    Instant now = round.sweep.clock.instant();
    List<String> turn = agenda.turn(applications, now);
    round.sweep.report.notDue(round.subject, applications.size() - turn.size());
    for (String application : turn) {
      ApplicationSweep<L, S> one =
          new ApplicationSweep<>(application, agenda.forecast(application), round, cap);
      sweeps.add(one);
      round.lists.add(one::list);
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
