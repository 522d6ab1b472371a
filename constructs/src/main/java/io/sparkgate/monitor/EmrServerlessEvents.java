package io.sparkgate.monitor;

import java.util.List;
import java.util.stream.Stream;

/**
 * The four kinds of events that EMR Serverless puts on the default bus by itself, as its user guide
 * lists them. None is about sessions; those are {@link SessionEvents}. AWS delivers them as well as
 * it can, which is not always.
 */
public final class EmrServerlessEvents {

  private static final String SOURCE = "aws.emr-serverless";

  private EmrServerlessEvents() {}

  /** What an application can be, in the words of the service. */
  public enum ApplicationState {
    /** Being made. */
    CREATING,
    /** Made, and never started. */
    CREATED,
    /** Being started. */
    STARTING,
    /** Takes sessions and job runs; its warm pool costs. */
    STARTED,
    /** Being stopped. */
    STOPPING,
    /** Costs nothing. */
    STOPPED,
    /** Gone. */
    TERMINATED
  }

  /** What a job run can be, in the words of the service. */
  public enum JobRunState {
    /** Taken. */
    SUBMITTED,
    /** Waits for others to end. */
    QUEUED,
    /** Looked at. */
    PENDING,
    /** Waits for workers. */
    SCHEDULED,
    /** Runs. */
    RUNNING,
    /** Ended well. */
    SUCCESS,
    /** Ended badly. */
    FAILED,
    /** Being cancelled. */
    CANCELLING,
    /** Was cancelled. */
    CANCELLED
  }

  /**
   * An application came into a state.
   *
   * @param states which; any if none is named
   * @return the filter
   */
  public static EventFilter applicationStateChange(ApplicationState... states) {
    return inStates(of("EMR Serverless Application State Change"), states);
  }

  /**
   * A job run came into a state.
   *
   * @param states which; any if none is named
   * @return the filter
   */
  public static EventFilter jobRunStateChange(JobRunState... states) {
    return inStates(of("EMR Serverless Job Run State Change"), states);
  }

  /**
   * A job run is tried again (emr-7.1.0 and newer); its fields are {@code previousAttempt}, {@code
   * previousAttemptState}, {@code newAttempt} and more.
   *
   * @return the filter
   */
  public static EventFilter jobRunRetry() {
    return of("EMR Serverless Job Run Retry");
  }

  /**
   * What a job run used until now, about every 30 minutes and at its end, in {@code
   * totalBilledResourceUtilization} and its like.
   *
   * @return the filter
   */
  public static EventFilter jobResourceUtilization() {
    return of("EMR Serverless Job Resource Utilization Update");
  }

  private static EventFilter of(String detailType) {
    return EventFilter.of(SOURCE, List.of(detailType));
  }

  private static EventFilter inStates(EventFilter filter, Enum<?>... states) {
    return states.length == 0
        ? filter
        : filter.with("state", Stream.of(states).map(Enum::name).toArray(String[]::new));
  }
}
