package io.sparkgate.function.reaper;

import java.time.Duration;
import java.time.Instant;

/**
 * Which sessions, or which job runs, have to go. Knows neither the service nor a clock: the same
 * one at the same moment gets the same decision.
 *
 * @param <L> what a list tells
 * @param <S> what a look tells
 */
public interface Policy<L extends Listed, S extends Seen<L>> {

  Decision decide(S one, Instant now);

  /** None younger than this can be due, whatever its tags say. */
  Duration smallestLimit();

  /** Whether it can be due for all that the list tells. */
  boolean mayBeDue(L one, Instant now);

  /** Before which moment it cannot be due, whatever becomes of it and of its tags. */
  Instant earliest(L one, Instant seen);

  /** The same of one that was looked at, which tells more. */
  Instant earliest(S one, Instant seen);
}
