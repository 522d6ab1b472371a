package io.sparkgate.sandbox.emrserverless;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Drivers that run no Spark and do nothing by themselves: who plays a day tells what they tell, by
 * the ids of their sessions. They end when they are asked to.
 */
public final class SimulatedDrivers implements Drivers {

  private static final int NOWHERE = 9;

  private final Map<String, Listener> ears = new ConcurrentHashMap<>();

  /** The session becomes STARTED. */
  public void ready(String sessionId) {
    ear(sessionId).ready(NOWHERE, "http://127.0.0.1:" + NOWHERE);
  }

  /** The session becomes BUSY. */
  public void busy(String sessionId) {
    ear(sessionId).busy();
  }

  /**
   * The session becomes IDLE.
   *
   * @param since by the real clock, which the control plane's clock was made of
   */
  public void idle(String sessionId, Instant since) {
    ear(sessionId).idle(since);
  }

  /** The driver dies, and the session becomes FAILED. */
  public void die(String sessionId, String reason) {
    ear(sessionId).ended(reason);
  }

  private Listener ear(String sessionId) {
    Listener ear = ears.get(sessionId);
    if (ear == null) {
      throw new IllegalArgumentException(
          "no session %s was started; there are %s".formatted(sessionId, ears.keySet()));
    }
    return ear;
  }

  @Override
  public Driver start(String sessionId, Map<String, String> sparkConf, Listener listener) {
    ears.put(sessionId, listener);
    return () -> listener.ended("It was asked to end.");
  }

  @Override
  public void close() {
    // Nothing runs.
  }
}
