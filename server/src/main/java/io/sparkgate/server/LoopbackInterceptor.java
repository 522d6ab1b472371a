package io.sparkgate.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.sparkproject.connect.grpc.Grpc;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.ServerCall;
import org.sparkproject.connect.grpc.ServerCallHandler;
import org.sparkproject.connect.grpc.ServerInterceptor;
import org.sparkproject.connect.grpc.Status;

/**
 * Takes calls from this machine's loopback only, which is where the tunnel ends; all others are
 * told {@code PERMISSION_DENIED}. For a cluster without an endpoint: nobody there asks who calls,
 * so neither a load balancer that is about to go nor a function on an executor may get in.
 */
public final class LoopbackInterceptor implements ServerInterceptor {

  /** Made by Spark, as {@code spark.connect.grpc.interceptor.classes} says. */
  public LoopbackInterceptor() {}

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Status refusal = refusal(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    if (refusal == null) {
      return next.startCall(call, headers);
    }
    call.close(refusal, new Metadata());
    return new ServerCall.Listener<>() {};
  }

  /**
   * What a caller is refused with; null where he is on this machine.
   *
   * @param caller null where the transport does not say, which is no reason to trust him
   */
  static @Nullable Status refusal(@Nullable SocketAddress caller) {
    InetAddress address = caller instanceof InetSocketAddress inet ? inet.getAddress() : null;
    if (address != null && isLoopback(address)) {
      return null;
    }
    return Status.PERMISSION_DENIED.withDescription(
        "the call came from %s, and this server takes calls of its own machine only; connect through the cluster's tunnel, as sparkgate.connect does, or have the platform give the cluster an endpoint"
            .formatted(address == null ? "an unknown address" : address.getHostAddress()));
  }

  /** Java takes an IPv4 address inside an IPv6 one for a stranger's, loopback or not. */
  private static boolean isLoopback(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address.isLoopbackAddress() || isMapped(bytes) && bytes[12] == 127;
  }

  /** As in {@code ::ffff:127.0.0.1}. */
  private static boolean isMapped(byte[] bytes) {
    if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
