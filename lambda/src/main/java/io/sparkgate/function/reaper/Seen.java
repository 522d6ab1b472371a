package io.sparkgate.function.reaper;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A session or a job run that was looked at: all that a decision rests on.
 *
 * @param <L> what the list tells of it
 */
public interface Seen<L extends Listed> {

  L listed();

  Map<String, String> tags();

  /** Whether it is over, or will be without anybody's help. */
  boolean ended();

  /** For how long it has been idle; empty when it is not, or when that cannot be known. */
  default Optional<Duration> idleFor(Instant now) {
    return Optional.empty();
  }

  /** What its record says besides, by field. */
  default Map<String, String> details() {
    return Map.of();
  }
}
