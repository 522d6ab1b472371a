package io.sparkgate.sandbox.emrserverless;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drivers of job runs that do nothing by themselves: a test tells what they tell. */
final class FakeJobs implements JobDrivers {

  final List<Attempt> started = new ArrayList<>();
  private String failure = "";

  /** One attempt's driver, and the ear it talks to. */
  static final class Attempt implements Driver {
    final Job job;
    final Listener tells;
    Optional<Duration> grace = Optional.empty();

    Attempt(Job job, Listener tells) {
      this.job = job;
      this.tells = tells;
    }

    @Override
    public void stop(Duration theGrace) {
      grace = Optional.of(theGrace);
    }
  }

  /** Starts nothing from now on. */
  void fail(String message) {
    failure = message;
  }

  /** The last one that was started. */
  Attempt last() {
    return started.get(started.size() - 1);
  }

  @Override
  public Driver start(Job job, Listener listener) {
    if (!failure.isEmpty()) {
      throw new IllegalStateException(failure);
    }
    Attempt attempt = new Attempt(job, listener);
    started.add(attempt);
    return attempt;
  }

  @Override
  public Optional<String> history(String jobRunId, int attempt) {
    return Optional.of("http://history/" + jobRunId + "/" + attempt);
  }

  @Override
  public void close() {}
}
