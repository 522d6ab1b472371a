package io.sparkgate.function.lifecycle;

import io.sparkgate.function.lifecycle.Step.Cause;
import java.time.Duration;
import java.time.Instant;

/** From what was seen to what is to be done. */
final class Decision {

  /** For everything but waiting for work to end by itself. */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  private Decision() {}

  /**
   * By when the way has to be clear. The framework gives up two minutes later, but only says that
   * it timed out.
   */
  static Instant deadline(StopPolicy policy, Instant startedAt) {
    return drainUntil(policy, startedAt).plus(PATIENCE);
  }

  static Step decide(Observation seen, StopPolicy policy, Instant startedAt, Instant now) {
    if (seen.state().clear()) {
      return new Step.Done("nothing runs in it");
    }
    if (policy instanceof StopPolicy.LeaveAlone leaving && !seen.work().isEmpty()) {
      return new Step.Done(leaving.reason());
    }
    boolean used = !seen.live().isEmpty();
    if (used && policy instanceof StopPolicy.Refuse) {
      return new Step.Fail(Cause.IN_USE);
    }
    if (used
        && policy instanceof StopPolicy.Drain
        && !now.isBefore(drainUntil(policy, startedAt))) {
      return new Step.Fail(Cause.DRAINED_TOO_LONG);
    }
    return now.isBefore(deadline(policy, startedAt))
        ? next(seen, policy)
        : new Step.Fail(Cause.DEADLINE);
  }

  /** What would be done next if there were time without end. */
  static Step next(Observation seen, StopPolicy policy) {
    boolean used = !seen.live().isEmpty();
    if (!seen.state().running()) {
      return new Step.Wait("the application is " + seen.state());
    }
    if (used) {
      return policy instanceof StopPolicy.Terminate
          ? new Step.End(seen.live())
          : new Step.Wait("the application is in use");
    }
    return seen.work().isEmpty() ? new Step.Stop() : new Step.Wait("work is ending");
  }

  private static Instant drainUntil(StopPolicy policy, Instant startedAt) {
    return policy instanceof StopPolicy.Drain drain ? startedAt.plus(drain.maxWait()) : startedAt;
  }
}
