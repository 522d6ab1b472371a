package io.sparkgate.sandbox.emrserverless;

import io.sparkgate.sandbox.emrserverless.ResourceUse.Stretch;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a session, or one attempt of a job run, has of its application's capacity, and for how long
 * its workers were there.
 */
final class Holding {

  private @Nullable Capacity capacity;
  private boolean warm;
  private boolean released;
  private @Nullable Instant startedAt;
  private @Nullable Instant endedAt;

  /** Keeps capacity until it is released. */
  void take(Capacity theCapacity, boolean onWarmDriver) {
    capacity = theCapacity;
    warm = onWarmDriver;
  }

  void start(Instant now) {
    startedAt = now;
  }

  /** Gives the capacity back to others. */
  void release() {
    released = true;
  }

  boolean released() {
    return released;
  }

  /** Gives it back, and counts no longer. */
  void end(Instant now) {
    release();
    endedAt = now;
  }

  /** What was taken, once it was. */
  Optional<Capacity> capacity() {
    return Optional.ofNullable(capacity);
  }

  /** What others cannot have now. */
  Footprint held() {
    return released ? Footprint.NONE : capacity().map(Capacity::held).orElse(Footprint.NONE);
  }

  /** Whether a pre-initialized driver is in use. */
  boolean warm() {
    return warm && !released;
  }

  /** When the driver began to run. */
  Optional<Instant> startedAt() {
    return Optional.ofNullable(startedAt);
  }

  Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  /** For how long its workers were there; not while the driver starts, which is assumed. */
  Optional<Stretch> stretch() {
    return capacity != null && startedAt != null
        ? Optional.of(new Stretch(capacity, startedAt, endedAt()))
        : Optional.empty();
  }

  /** How long they were, begun seconds included; zero where there were none. */
  long seconds(Instant now) {
    return stretch().map(ran -> ran.seconds(now)).orElse(0L);
  }
}
