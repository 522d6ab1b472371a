package io.sparkgate.sandbox.emrserverless;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Starts Spark Connect drivers, one per session. */
public interface Drivers extends AutoCloseable {

  /** Starts a driver and returns at once; what becomes of it the listener is told. */
  Driver start(String sessionId, Map<String, String> sparkConf, Listener listener);

  /**
   * Where the Spark UI of a session that has ended is to be seen; empty when there is none, which
   * is the default. Returns at once.
   */
  default Optional<String> history(String sessionId) {
    return Optional.empty();
  }

  /** Stops all drivers and waits until none is left. */
  @Override
  void close();

  /**
   * Starts a driver that acts as a role. By default the role is nothing to it: not every driver
   * calls AWS.
   */
  default Driver start(
      String sessionId, String executionRoleArn, Map<String, String> sparkConf, Listener listener) {
    return start(sessionId, sparkConf, listener);
  }

  /** A running driver. */
  interface Driver {
    /** Asks it to end; the listener hears {@link Listener#ended} when it has. */
    void stop();
  }

  /** What a driver tells; calls come from one thread per driver, in order. */
  interface Listener {
    /** It takes calls on this loopback port; its Spark UI is at this address. */
    void ready(int grpcPort, String sparkUi);

    void busy();

    /** No operation has run since then, by the real clock. */
    void idle(Instant since);

    /** It is over; the last call. */
    void ended(String reason);
  }
}
