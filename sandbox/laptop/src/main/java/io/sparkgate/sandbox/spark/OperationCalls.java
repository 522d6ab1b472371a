package io.sparkgate.sandbox.spark;

import java.time.Instant;
import java.util.Set;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerStreamTracer;
import org.sparkproject.connect.grpc.Status;

/**
 * The calls by which clients run operations and fetch what they return. A tracer hears at once of a
 * client that is gone; the server's own call ends minutes later, because its thread waits for room.
 */
final class OperationCalls extends ServerStreamTracer.Factory {
  private static final Set<String> OPERATIONS =
      Set.of(
          SparkConnectServiceGrpc.getExecutePlanMethod().getFullMethodName(),
          SparkConnectServiceGrpc.getReattachExecuteMethod().getFullMethodName());

  // Guarded by this.
  private int open;
  private Instant lastEnd;

  OperationCalls(Instant start) {
    lastEnd = start;
  }

  /** Whether a client that is still there awaits or fetches results. */
  synchronized boolean anyOpen() {
    return open > 0;
  }

  /** When the last call ended; when this was made, if there was none. */
  synchronized Instant lastEnd() {
    return lastEnd;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return OPERATIONS.contains(method) ? new Call() : new ServerStreamTracer() {};
  }

  private synchronized void began() {
    open++;
  }

  private synchronized void ended() {
    open--;
    lastEnd = Instant.now();
  }

  private final class Call extends ServerStreamTracer {
    Call() {
      began();
    }

    @Override
    public void streamClosed(Status status) {
      ended();
    }
  }
}
