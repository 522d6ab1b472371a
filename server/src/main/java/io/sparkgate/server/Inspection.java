package io.sparkgate.server;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sparkproject.connect.grpc.ForwardingServerCallListener;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.Status;

/**
 * Looks at each message of a call before Spark does. Spark hears of the call with the first message
 * that passes, so it has nothing to clean up after one that is refused at once.
 */
final class Inspection<Q, R> extends ForwardingServerCallListener<Q> {
  private final ServerCall<Q, R> call;
  private final Metadata headers;
  private final ServerCallHandler<Q, R> next;
  private final Function<? super Q, @Nullable Status> judge;
  private ServerCall.Listener<Q> listener = new ServerCall.Listener<>() {};
  private boolean started;
  private boolean ready;
  private boolean refused;

  private Inspection(
      ServerCall<Q, R> call,
      Metadata headers,
      ServerCallHandler<Q, R> next,
      Function<? super Q, @Nullable Status> judge) {
    this.call = call;
    this.headers = headers;
    this.next = next;
    this.judge = judge;
  }

  /**
   * The listener of a call.
   *
   * @param judge what a message is refused with, or null where it passes
   */
  static <Q, R> ServerCall.Listener<Q> of(
      ServerCall<Q, R> call,
      Metadata headers,
      ServerCallHandler<Q, R> next,
      Function<? super Q, @Nullable Status> judge) {
    // Spark asks for its own messages when it hears of the call; this one is asked for here.
    call.request(1);
    return new Inspection<>(call, headers, next, judge);
  }

  @Override
  protected ServerCall.Listener<Q> delegate() {
    return listener;
  }

  @Override
  public void onMessage(Q message) {
    if (refused) {
      return;
    }
    Status refusal = judge.apply(message);
    if (refusal != null) {
      refused = true;
      call.close(refusal, new Metadata());
      return;
    }
    start();
    super.onMessage(message);
  }

  @Override
  public void onHalfClose() {
    if (!refused) {
      // Without a message there was nothing to look at, and Spark says what it misses.
      start();
      super.onHalfClose();
    }
  }

  @Override
  public void onReady() {
    ready = true;
    super.onReady();
  }

  private void start() {
    if (!started) {
      started = true;
      listener = next.startCall(call, headers);
      if (ready) {
        listener.onReady();
      }
    }
  }
}
