package io.sparkgate.sandbox.emrserverless;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the attempts of job runs, a driver each. */
public interface JobDrivers extends AutoCloseable {

  /** Starts an attempt and returns at once; what becomes of it the listener is told. */
  Driver start(Job job, Listener listener);

  /**
   * Where the Spark UI of an attempt that has ended is to be seen; empty when there is none, which
   * is the default. Returns at once.
   *
   * @param attempt from 1
   */
  default Optional<String> history(String jobRunId, int attempt) {
    return Optional.empty();
  }

  /** Ends all drivers and waits until none is left. */
  @Override
  void close();

  /**
   * One attempt of a job run.
   *
   * @param attempt from 1
   * @param retried whether the run's policy lets it have more than one attempt
   * @param mainClass of a jar; empty when the submission names none
   * @param sparkConf what the application, the run's overrides and its submit parameters add up to
   * @param logUri where in S3 its logs go; empty when nowhere
   */
  record Job(
      String applicationId,
      String jobRunId,
      int attempt,
      boolean retried,
      String executionRoleArn,
      String entryPoint,
      List<String> arguments,
      String mainClass,
      Map<String, String> sparkConf,
      String logUri) {

    /** The same with more of Spark's configuration. */
    public Job with(Map<String, String> conf) {
      return new Job(
          applicationId,
          jobRunId,
          attempt,
          retried,
          executionRoleArn,
          entryPoint,
          arguments,
          mainClass,
          conf,
          logUri);
    }
  }

  /** A driver that runs. */
  interface Driver {
    /**
     * Asks it to end; the listener hears of it when it has.
     *
     * @param grace how long it may take, by the real clock; zero ends it at once
     */
    void stop(Duration grace);
  }

  /** What a driver tells; calls come from one thread per driver, in order. */
  interface Listener {
    /** Its process runs. */
    void running();

    /** Its Spark UI is at this address. */
    void sparkUi(String url);

    /** This it has written, and will not write to any more; the file goes when the call ends. */
    default void wrote(Path file) {}

    /** It has done its work; the last call. */
    void succeeded();

    /** It has ended otherwise; the last call. */
    void failed(String reason);
  }
}
