package io.sparkgate.sandbox.emrserverless;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that starts at the real time and may run faster, so that an hour passes in a minute.
 *
 * @param start the real time at which it agrees with the real clock
 * @param speed how many of its seconds pass in a real one; 1 is real time
 */
public record SandboxClock(Clock real, Instant start, double speed) {

  /** Refuses a clock that stands still or runs backwards. */
  public SandboxClock {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException(
          "The clock's speed is %s; allowed: a finite number above 0".formatted(speed));
    }
  }

  /** One whose minute takes so many real seconds. */
  public static SandboxClock withMinuteOf(double realSeconds, Clock real) {
    return new SandboxClock(real, real.instant(), 60 / realSeconds);
  }

  /** Whether its time passes otherwise than that of the clients. */
  public boolean isFast() {
    return speed != 1;
  }

  public Instant now() {
    return at(real.instant());
  }

  /** What this clock showed at a real time. */
  public Instant at(Instant realTime) {
    return start.plusNanos(Math.round(Duration.between(start, realTime).toNanos() * speed));
  }

  /**
   * What clients take a past time of this clock for: as long ago by their clock as it is by this
   * one. At real speed both are the same.
   */
  public Instant shown(Instant time) {
    Instant present = real.instant();
    return present.minus(Duration.between(time, at(present)));
  }

  /** How long a duration of this clock really takes. */
  public Duration real(Duration duration) {
    return Duration.ofNanos(Math.round(duration.toNanos() / speed));
  }

  /**
   * When something that lasts so long of this clock's time will be over, by the real clock: what a
   * client may be told of it.
   */
  public Instant realEnd(Duration duration) {
    return real.instant().plus(real(duration));
  }

  /** The zone of everything that is shown. */
  public ZoneId zone() {
    return ZoneOffset.UTC;
  }
}
