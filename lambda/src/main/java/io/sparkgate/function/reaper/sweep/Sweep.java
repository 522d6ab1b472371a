package io.sparkgate.function.reaper.sweep;

import java.util.List;

/**
 * One sweep over the applications. What happens to one session, job run or application does not
 * touch the others; once the time is up, every call that is still to come fails at once and what it
 * was for is reported as left.
 *
 * <p>Calls go out side by side, each operation at its own pace; where several could go, that of the
 * round that was made first does.
 */
final class Sweep {

  private final SweepContext context;
  private final List<Round<?, ?>> rounds;

  Sweep(SweepContext context, List<Round<?, ?>> rounds) {
    this.context = context;
    this.rounds = rounds;
  }

  void run(List<String> applications) {
    rounds.forEach(round -> round.begin(applications));
    context.tasks.run();
    rounds.forEach(Round::finish);
  }
}
