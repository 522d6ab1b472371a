package io.sparkgate.sandbox.spark;

import java.time.Instant;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connect.service.ExecuteHolder;
import org.apache.spark.sql.connect.service.SparkConnectService$;

/**
 * Whether a session works or rests. It works while a query runs, for a client or for nobody any
 * more; while a client that is there fetches results; and while a streaming query is active,
 * because Spark's own server keeps a session for as long. Results that nobody fetches are no work:
 * the server holds a dead client's for five minutes and lists them as active.
 */
final class Activity {
  private final SparkSession spark;
  private final OperationCalls calls;
  private Instant lastSeenBusy;

  Activity(SparkSession spark, OperationCalls calls) {
    this.spark = spark;
    this.calls = calls;
    this.lastSeenBusy = calls.lastEnd();
  }

  /** Looks; an operation that came and went since the last look shows in the time of rest. */
  Signal now() {
    if (calls.anyOpen() || streams() || executes()) {
      lastSeenBusy = Instant.now();
      return new Signal.Busy();
    }
    Instant lastEnd = calls.lastEnd();
    return new Signal.Idle(lastEnd.isAfter(lastSeenBusy) ? lastEnd : lastSeenBusy);
  }

  /** All of the server's sessions share this state, and so do those that they are forks of. */
  private boolean streams() {
    return !spark.sharedState().activeStreamingQueries().isEmpty();
  }

  private static boolean executes() {
    var executions =
        SparkConnectService$.MODULE$.executionManager().listExecuteHolders().iterator();
    while (executions.hasNext()) {
      ExecuteHolder execution = executions.next();
      if (!execution.responseObserver().completed()) {
        return true;
      }
    }
    return false;
  }
}
