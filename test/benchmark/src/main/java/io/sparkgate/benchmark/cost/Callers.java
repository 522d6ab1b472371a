package io.sparkgate.benchmark.cost;

import java.time.Duration;
import java.util.List;

/**
 * How long those who start sessions let them idle.
 *
 * @param raised who asks for another time than the service's; nobody when empty
 */
record Callers(List<Raised> raised) {

  /**
   * Some who ask for the same.
   *
   * @param share of all sessions
   */
  record Raised(double share, Duration timeout) {}

  private static final Duration EIGHT_HOURS = Duration.ofHours(8);

  /** The most that StartSession accepts. */
  private static final Duration MILLION = Duration.ofMinutes(1_000_000);

  static final Callers DEFAULT = new Callers(List.of());

  static final Callers MIXED =
      new Callers(List.of(new Raised(0.15, EIGHT_HOURS), new Raised(0.15, MILLION)));

  static final Callers ALL_EIGHT_HOURS = new Callers(List.of(new Raised(1, EIGHT_HOURS)));

  static final Callers ALL_MILLION = new Callers(List.of(new Raised(1, MILLION)));

  Callers {
    raised = List.copyOf(raised);
  }

  Duration timeout(Notebook notebook, Service service) {
    double below = 0;
    for (Raised some : raised) {
      below += some.share();
      if (notebook.rank() < below) {
        return some.timeout();
      }
    }
    return service.idleTimeout();
  }
}
