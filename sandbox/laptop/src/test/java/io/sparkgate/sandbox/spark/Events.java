package io.sparkgate.sandbox.spark;

import io.sparkgate.sandbox.emrserverless.Drivers;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener that keeps what it hears until a test waits for it. */
final class Events implements Drivers.Listener {
  /** How long a broken test hangs. */
  private static final int SECONDS = 120;

  record Ready(int port, String sparkUi) {}

  record Busy() {}

  record Idle(Instant since) {}

  record Ended(String reason) {}

  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

  /** Takes events until one is of this kind. */
  <T> T await(Class<T> kind) {
    try {
      for (Object event; (event = heard.poll(SECONDS, TimeUnit.SECONDS)) != null; ) {
        if (kind.isInstance(event)) {
          return kind.cast(event);
        }
        if (event instanceof Ended) {
          throw new AssertionError("Waiting for " + kind.getSimpleName() + ", heard " + event);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new AssertionError("No " + kind.getSimpleName() + " in " + SECONDS + " s");
  }

  /** Takes events until the driver has been idle since then or later. */
  Instant awaitIdleSince(Instant then) {
    Instant since;
    do {
      since = await(Idle.class).since();
    } while (since.isBefore(then));
    return since;
  }

  boolean isEmpty() {
    return heard.isEmpty();
  }

  @Override
  public void ready(int grpcPort, String sparkUi) {
    heard.add(new Ready(grpcPort, sparkUi));
  }

  @Override
  public void busy() {
    heard.add(new Busy());
  }

  @Override
  public void idle(Instant since) {
    heard.add(new Idle(since));
  }

  @Override
  public void ended(String reason) {
    heard.add(new Ended(reason));
  }
}
