package io.sparkgate.sandbox.emrserverless;

/** Job runs that run nothing, and do so until they are cancelled. */
public final class EndlessJobs implements JobDrivers {

  @Override
  public Driver start(Job job, Listener listener) {
    listener.running();
    return grace -> listener.failed("It was cancelled.");
  }

  @Override
  public void close() {
    // Nothing runs.
  }
}
