package io.sparkgate.function.reaper;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a list tells about a session or a job run. It has no tags, so it can rule one out but never
 * condemn it.
 */
public interface Listed {

  Subject subject();

  String applicationId();

  String id();

  /** As its owner chose it, if they did. */
  @Nullable String name();

  /** The ARN of the principal that started it. */
  String createdBy();

  /** The ARN of the role its code runs as. */
  String executionRole();

  Enum<?> state();

  Instant createdAt();

  default boolean idle() {
    return false;
  }

  /** What its record says besides, by field. */
  default Map<String, String> details() {
    return Map.of();
  }

  /** Time since creation, never negative: clocks differ. */
  default Duration age(Instant now) {
    return between(createdAt(), now);
  }

  /** From then until now; a moment in the future counts as this one. */
  static Duration between(Instant then, Instant now) {
    return then.isAfter(now) ? Duration.ZERO : Duration.between(then, now);
  }
}
