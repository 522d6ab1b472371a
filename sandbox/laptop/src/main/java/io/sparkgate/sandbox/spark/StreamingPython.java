package io.sparkgate.sandbox.spark;

import java.io.IOException;
import java.util.List;
import org.apache.spark.connect.proto.Command;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.WriteStreamOperationStart;
import org.sparkproject.connect.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.ServerInterceptor;
import org.sparkproject.connect.grpc.Status;

/**
 * Lets no streaming query with Python functions start before Python does. Spark gives the Python of
 * {@code foreachBatch} and of listeners ten seconds, in which none can be installed, and says of
 * one that fails only that it did not connect back.
 */
final class StreamingPython implements ServerInterceptor {
  private static final String NEEDED = "import pyspark.sql.connect.streaming";

  private final String python;
  private volatile boolean starts;

  /**
   * Before a driver's server.
   *
   * @param python what Spark would run
   */
  StreamingPython(String python) {
    this.python = python;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      private boolean refused;

      @Override
      public void onMessage(Q message) {
        if (!starts && message instanceof ExecutePlanRequest request && needsPython(request)) {
          String problem = problem();
          if (!problem.isEmpty()) {
            refused = true;
            call.close(Status.FAILED_PRECONDITION.withDescription(problem), new Metadata());
            return;
          }
          starts = true;
        }
        super.onMessage(message);
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }
    };
  }

  static boolean needsPython(ExecutePlanRequest request) {
    Command command = request.getPlan().getCommand();
    WriteStreamOperationStart start = command.getWriteStreamOperationStart();
    return start.getForeachBatch().hasPythonFunction()
        || start.getForeachWriter().hasPythonFunction()
        || command.getStreamingQueryManagerCommand().getAddListener().hasPythonListenerPayload();
  }

  /** What Python said last where it does not start; empty where it does. */
  private String problem() {
    try {
      Process process =
          new ProcessBuilder(List.of(python, "-c", NEEDED)).redirectErrorStream(true).start();
      try (var output = process.inputReader()) {
        process.getOutputStream().close();
        String last = output.lines().reduce("", (one, other) -> other.isBlank() ? one : other);
        if (process.waitFor() == 0) {
          return "";
        }
        return last.isEmpty() ? python + " does not start" : last;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return "Python functions cannot run: " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "The session ends";
    }
  }
}
