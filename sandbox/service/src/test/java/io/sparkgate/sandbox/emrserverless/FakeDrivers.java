package io.sparkgate.sandbox.emrserverless;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Drivers that do nothing by themselves: a test tells what they tell. */
final class FakeDrivers implements Drivers {

  private final Map<String, FakeDriver> started = new LinkedHashMap<>();
  private String failure = "";
  private String history = "";

  /** One driver, and the ear it talks to. */
  static final class FakeDriver implements Driver {
    final Map<String, String> conf;
    final Listener tells;
    boolean stopped;

    FakeDriver(Map<String, String> conf, Listener listener) {
      this.conf = conf;
      this.tells = listener;
    }

    @Override
    public void stop() {
      stopped = true;
    }
  }

  /** Starts nothing from now on. */
  void fail(String message) {
    failure = message;
  }

  FakeDriver of(String sessionId) {
    return started.get(sessionId);
  }

  int count() {
    return started.size();
  }

  @Override
  public Driver start(String sessionId, Map<String, String> sparkConf, Listener listener) {
    if (!failure.isEmpty()) {
      throw new IllegalStateException(failure);
    }
    FakeDriver driver = new FakeDriver(sparkConf, listener);
    started.put(sessionId, driver);
    return driver;
  }

  /** Has this to show of every session that is over. */
  void keep(String theHistory) {
    history = theHistory;
  }

  @Override
  public Optional<String> history(String sessionId) {
    return Optional.of(history).filter(url -> !url.isEmpty());
  }

  @Override
  public void close() {}
}
