package io.sparkgate.sandbox.emrserverless;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is moved: for tests that play days in seconds. */
public class ManualClock extends Clock {

  private volatile Instant now;

  public ManualClock(Instant start) {
    now = start;
  }

  /** Lets time pass. What is due then, {@link ControlPlane#tick} does. */
  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
