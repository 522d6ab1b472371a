package io.sparkgate.sandbox.emrserverless;

import java.util.Map;

/**
 * Drivers that are ready at once, end when they are asked to, and run no Spark: for tests in which
 * sessions only have to be there.
 */
public final class ReadyDrivers implements Drivers {

  private static final int NOWHERE = 9;

  @Override
  public Driver start(String sessionId, Map<String, String> sparkConf, Listener listener) {
    listener.ready(NOWHERE, "http://127.0.0.1:" + NOWHERE);
    return () -> listener.ended("It was asked to end.");
  }

  @Override
  public void close() {
    // Nothing runs.
  }
}
