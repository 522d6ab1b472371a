package io.sparkgate.server;

import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.Status;

/** How a call ends before Spark hears of it. */
final class Refusal {
  private Refusal() {}

  /** Closes the call, and ignores what the client still sends. */
  static <Q, R> ServerCall.Listener<Q> of(ServerCall<Q, R> call, Status status) {
    call.close(status, new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
